package io.metricsagent.api;

/** The entry to the agent's interface for applications. Thread-safe. */
public final class MetricsAgentApi {
  private MetricsAgentApi() {}

  /**
   * Returns the collector of the agent in this JVM, or one that does nothing if there is no agent
   * or {@code metrics.agent.instrumentation.api.enabled} is {@code false}.
   *
   * <p>The application may keep the result in a field. A collector that the application got before
   * the agent was attached to the running JVM never records anything.
   *
   * @return never {@code null}; the same object for each caller in one class loader
   */
  public static MetricsCollector collector() {
    return NoCollector.INSTANCE; // the agent replaces this result
  }

  /**
   * Returns the runs of the agent in this JVM, or an object that does nothing if there is no agent
   * or no runs are kept. As for {@link #collector}, the application may keep the result in a field.
   *
   * @return never {@code null}; the same object for each caller in one class loader
   */
  public static AgentRuns runs() {
    return NoRuns.INSTANCE; // the agent replaces this result
  }
}
