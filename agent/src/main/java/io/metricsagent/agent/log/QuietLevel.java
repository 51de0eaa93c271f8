package io.metricsagent.agent.log;

/**
 * Replaces {@code java.util.logging.Level} in the agent's dependencies, by relocation in the jar,
 * so that they do not need the module {@code java.logging}. {@link QuietLogger} uses it.
 */
public final class QuietLevel {
  /** Nothing. */
  public static final QuietLevel OFF = new QuietLevel("OFF");

  /** A serious failure. */
  public static final QuietLevel SEVERE = new QuietLevel("SEVERE");

  /** A potential problem. */
  public static final QuietLevel WARNING = new QuietLevel("WARNING");

  /** A message for users. */
  public static final QuietLevel INFO = new QuietLevel("INFO");

  /** A setting. */
  public static final QuietLevel CONFIG = new QuietLevel("CONFIG");

  /** A detail. */
  public static final QuietLevel FINE = new QuietLevel("FINE");

  /** A finer detail. */
  public static final QuietLevel FINER = new QuietLevel("FINER");

  /** The finest detail. */
  public static final QuietLevel FINEST = new QuietLevel("FINEST");

  /** Everything. */
  public static final QuietLevel ALL = new QuietLevel("ALL");

  private final String name;

  private QuietLevel(String name) {
    this.name = name;
  }

  /** Returns the name. */
  public String getName() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
