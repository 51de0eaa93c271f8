package io.metricsagent.instrumentations.libraries.api;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/** The agent's own interface for applications: its collector records into the agent's registry. */
@AutoService(InstrumentationModule.class)
public final class ApiModule implements InstrumentationModule {
  @Override
  public String name() {
    return "api";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forClass(
                "collector",
                "io.metricsagent.api.MetricsAgentApi",
                method("collector", "io.metricsagent.api.MetricsCollector"))
            .replacingResult());
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

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    return new CollectorHandler(telemetry);
  }
}
