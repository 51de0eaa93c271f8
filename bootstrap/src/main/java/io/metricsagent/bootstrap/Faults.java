package io.metricsagent.bootstrap;

/**
 * Absorbs faults of the agent where they would reach the application or end a thread of the
 * agent's. Stateless.
 */
public final class Faults {
  private Faults() {}

  /**
   * Logs a fault at level debug. Never throws, even if the thread has no stack, memory or file
   * descriptor left to log it, or the fault's {@code toString()} fails.
   *
   * @param what the failed action, as a sentence without a full stop
   */
  public static void absorbed(String what, Throwable fault) {
    try {
      AgentLog.debug(what + ": " + fault, fault);
    } catch (Throwable ignored) {
      // Whoever absorbs a fault goes on, also if the fault could not be logged.
    }
  }
}
