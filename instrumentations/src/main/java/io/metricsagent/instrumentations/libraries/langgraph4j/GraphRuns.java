package io.metricsagent.instrumentations.libraries.langgraph4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;

/** Names the runs of a graph; the conversation is the thread id of the configuration. Immutable. */
final class GraphRuns implements RunDecoder {
  private static final Accessor THREAD = Accessor.path("threadId()");

  private final String scenario;

  private GraphRuns(String scenario) {
    this.scenario = scenario;
  }

  /** Returns the handler of the methods of a graph whose runs have this name. */
  static SiteHandler handler(String scenario, Telemetry telemetry) {
    return new RunHandler(new GraphRuns(scenario), telemetry);
  }

  @Override
  public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
    return scenario;
  }

  @Override
  public String conversation(Object self, Object input, Object config, Object arg2) {
    return config != null && THREAD.read(config) instanceof String id ? id : null;
  }
}
