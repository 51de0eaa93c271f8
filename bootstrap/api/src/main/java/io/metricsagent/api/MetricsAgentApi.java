package io.metricsagent.api;

/** Where an application gets what the agent offers to it. Thread-safe. */
public final class MetricsAgentApi {
  private MetricsAgentApi() {}

  /**
   * Returns the collector of the agent in this JVM, or one that does nothing if there is no agent
   * or {@code metrics.agent.instrumentation.api.enabled} is {@code false}.
   *
   * <p>The result may be kept in a field. One that was asked for before the agent was attached to
   * the running JVM does nothing for ever.
   *
   * @return never {@code null}; the same object for each caller in one class loader
   */
  public static MetricsCollector collector() {
    return NoCollector.INSTANCE; // the agent replaces this result
  }
}
