package io.metricsagent.api;

import java.util.Map;

/** The runs of a JVM without the agent, and of one that keeps no runs. */
final class NoRuns implements AgentRuns {
  static final AgentRuns INSTANCE = new NoRuns();

  private static final AgentRun NO_RUN = new NoRun();

  private NoRuns() {}

  @Override
  public AgentRun begin(String scenario, String conversation) {
    return NO_RUN;
  }

  @Override
  public AgentRun current() {
    return NO_RUN;
  }

  private static final class NoRun implements AgentRun {
    @Override
    public String id() {
      return "";
    }

    @Override
    public void record(String name, Map<String, ?> data) {}

    @Override
    public void set(String metric, double value) {}

    @Override
    public void failed(Throwable error) {}

    @Override
    public void close() {}
  }
}
