package io.metricsagent.instrumentations.mailboxes;

import java.nio.channels.ClosedByInterruptException;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Recognises waits that the application itself gave up: by an interrupt, by cancelling a future, or
 * by waking its client up. Nothing failed then. A time limit that ran out before the broker has
 * answered is a failure. Stateless.
 */
public final class GivenUp {
  private static final int MAX_CAUSES = 8;

  /** The exceptions of clients that say so: two of Kafka's client, and one of the SDK of AWS. */
  private static final Set<String> TYPES =
      Set.of("WakeupException", "InterruptException", "AbortedException");

  private GivenUp() {}

  /** Returns whether an exception, or one of its causes, says so; false for {@code null}. */
  public static boolean is(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause instanceof InterruptedException
          || cause instanceof CancellationException
          || cause instanceof ClosedByInterruptException
          || TYPES.contains(cause.getClass().getSimpleName())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
