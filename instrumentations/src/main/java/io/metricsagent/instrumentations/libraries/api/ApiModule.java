package io.metricsagent.instrumentations.libraries.api;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * The agent's own interface for applications, whose collector records into the agent's registry.
 */
@AutoService(InstrumentationModule.class)
public final class ApiModule extends RuleTable<Void> {
  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Void> {
    COLLECTOR(
        forClass(
                "io.metricsagent.api.MetricsAgentApi",
                method("collector", "io.metricsagent.api.MetricsCollector"))
            .replacingResult()),
    RUNS(
        forClass(
                "io.metricsagent.api.MetricsAgentApi",
                method("runs", "io.metricsagent.api.AgentRuns"))
            .replacingResult()
            .whereThereIsOne());

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public boolean isForRuns() {
      return this == RUNS;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, Void nothing) {
      return switch (this) {
        case COLLECTOR -> new CollectorHandler(telemetry);
        case RUNS -> new RunsHandler(telemetry);
      };
    }
  }

  @Override
  public String name() {
    return "api";
  }

  @Override
  public List<? extends Row<Void>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected Void shared(Telemetry telemetry) {
    return null;
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Own figures (`io.metricsagent:api`)",
            null,
            List.of("0.1.0"),
            "what the application records itself: [the Java interface](java-interface.md)"));
  }
}
