package io.metricsagent.api;

/**
 * Begins runs that the application names itself. A run is one piece of the application's work, with
 * all requests to models and all tool calls in it; the agent keeps what the settings {@code
 * metrics.agent.runs.*} say.
 *
 * <p>The calls of AI services, agents and graphs that the agent knows are runs already.
 * Thread-safe; no method throws.
 */
public interface AgentRuns {
  /**
   * Begins a run, on this thread. What the thread does until the run is closed belongs to the run.
   *
   * <p>Within another run, the result stands for that other run, and closing it changes nothing.
   *
   * @param scenario what is run, such as {@code Import.night}; should be one of few names
   * @return never {@code null}
   */
  default AgentRun begin(String scenario) {
    return begin(scenario, null);
  }

  /**
   * Begins a run that is part of a conversation, which goes on over several runs.
   *
   * @param conversation the application's id of the conversation, or {@code null}
   * @return never {@code null}
   */
  AgentRun begin(String scenario, String conversation);

  /**
   * Returns the run that this thread works for now: one that the application has begun, or one that
   * the agent has seen begin. Closing the result changes nothing.
   *
   * @return never {@code null}; outside of all runs an object that does nothing
   */
  AgentRun current();
}
