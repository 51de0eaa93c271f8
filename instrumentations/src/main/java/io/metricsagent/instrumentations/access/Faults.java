package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.AgentLog;

/**
 * Where faults of the agent end that happen on the application's side outside of a woven method: in
 * proxies, futures and streams. Stateless.
 */
public final class Faults {
  private Faults() {}

  /**
   * Keeps a fault from the application. Never throws: the thread may have neither stack nor memory
   * left to say it.
   *
   * @param what what could not be done, as a sentence without its full stop
   */
  public static void absorbed(String what, Throwable fault) {
    try {
      AgentLog.debug(what + ": " + fault, fault);
    } catch (Throwable ignored) {
      // The application comes first.
    }
  }
}
