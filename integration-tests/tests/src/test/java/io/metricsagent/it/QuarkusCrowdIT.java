package io.metricsagent.it;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.StubRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of AI services of Quarkus at the same time, on virtual threads. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class QuarkusCrowdIT extends RunScenarios {
  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(QuarkusCrowdIT::start);

  QuarkusCrowdIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("quarkus-openai/newest", "quarkus-openai/oldest"));
  }

  private static StubRun start(Setup setup) throws IOException {
    Path jar = setup.jar().resolveSibling("quarkus-app").resolve("quarkus-run.jar");
    return execute(AgentRun.on(setup.jdk()).jar(jar), "crowd");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    read(RUNS.of(setup));
  }

  @Override
  String instrumentation() {
    return "quarkus-langchain4j";
  }

  @Override
  Map<String, Integer> endings() {
    return Map.of(
        "Assistant.answer ok", 32,
        "Assistant.look ok", 33,
        "Assistant.tell ok", 32);
  }

  @Override
  Map<String, Integer> tools() {
    return Map.of("Assistant.look price", 33);
  }

  @Override
  Map<String, Integer> requests() {
    return Map.of("Assistant.answer 1", 32, "Assistant.look 2", 33, "Assistant.tell 1", 32);
  }
}
