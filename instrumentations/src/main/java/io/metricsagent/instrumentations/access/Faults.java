package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.AgentLog;

/**
 * Absorbs faults of the agent that happen in the application's calls outside of woven methods: in
 * proxies, futures and streams. Stateless.
 */
public final class Faults {
  private Faults() {}

  /**
   * Logs a fault, so that it does not reach the application. Never throws, even if the thread has
   * no stack or memory left to log it.
   *
   * @param what the failed action, as a sentence without a full stop
   */
  public static void absorbed(String what, Throwable fault) {
    try {
      AgentLog.debug(what + ": " + fault, fault);
    } catch (Throwable ignored) {
      // The application must not notice that the fault could not be logged.
    }
  }
}
