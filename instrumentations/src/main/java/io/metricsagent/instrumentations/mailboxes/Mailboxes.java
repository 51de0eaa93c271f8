package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;

/**
 * The mailboxes of one library: finds the series of a queue, and samples the levels of the queues
 * that it knows. Thread-safe.
 *
 * <p>The registry limits the number of series, and gives every queue beyond the limit the series
 * {@code _other}. A look-up allocates nothing; a table that belongs to one queue keeps the series
 * that it got.
 */
public final class Mailboxes {
  /**
   * The name that temporary queues share, since an application may create thousands of queues for
   * replies.
   */
  public static final String TEMPORARY = "_temporary";

  /** The name of a queue that cannot be known. */
  public static final String UNKNOWN_QUEUE = "unknown";

  private final Registry registry;
  private final Levels levels = new Levels();
  private boolean sampling;

  /** Makes the mailboxes of a library that record in {@code registry}. */
  public Mailboxes(Registry registry) {
    this.registry = registry;
  }

  /** Returns whether operations are timed. */
  public boolean timesOperations() {
    return registry.timesMailboxes();
  }

  /**
   * Returns the time at which an operation begins, for {@link Operation#ended}; 0 if operations are
   * not timed.
   */
  public long begin() {
    return timesOperations() ? System.nanoTime() | 1 : 0; // never 0
  }

  /**
   * Returns the series of a queue.
   *
   * @param queue {@code null} for a queue that cannot be known
   * @param system OpenTelemetry's {@code messaging.system}
   */
  public MailboxMetrics of(String queue, String system) {
    return registry.mailbox(queue == null ? UNKNOWN_QUEUE : queue, system);
  }

  /**
   * Has a source asked for its levels before each snapshot, for as long as something else refers to
   * it. Called once for each channel, session or consumer, not for each message.
   *
   * @return ends it earlier
   */
  public Sampling sample(LevelSource source) {
    Sampling added = levels.add(source);
    synchronized (this) {
      if (!sampling) {
        sampling = true;
        registry.alsoBeforeSnapshots(levels);
      }
    }
    return added;
  }

  /** Returns how many sources are sampled that were not collected; for tests of leaks. */
  public int sources() {
    return levels.size();
  }
}
