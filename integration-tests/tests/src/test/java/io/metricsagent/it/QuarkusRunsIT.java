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

/** The runs of AI services of Quarkus. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class QuarkusRunsIT extends RunScenarios {
  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(QuarkusRunsIT::start);

  QuarkusRunsIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("quarkus-openai/newest", "quarkus-openai/oldest"));
  }

  private static StubRun start(Setup setup) throws IOException {
    Path jar = setup.jar().resolveSibling("quarkus-app").resolve("quarkus-run.jar");
    return execute(AgentRun.on(setup.jdk()).jar(jar), "runs");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    read(RUNS.of(setup));
  }

  @Override
  String instrumentation() {
    return "quarkus-langchain4j";
  }

  /**
   * The application embeds a text without a service. A {@code Multi} that nobody subscribes to is
   * no run; one whose first piece is taken is cancelled, and so is the {@code Uni} of all pieces.
   */
  @Override
  Map<String, Integer> endings() {
    return Map.of(
        "Assistant.answer ok", 2,
        "Assistant.look ok", 2,
        "Assistant.tell ok", 1,
        "Assistant.tell failed", 1,
        "Assistant.tell cancelled", 2,
        "process ok", 1);
  }

  @Override
  Map<String, Integer> tools() {
    return Map.of("Assistant.look price open", 1);
  }

  /**
   * Quarkus has a memory for each method in a request, so all questions are one conversation for
   * each method.
   */
  @Override
  Map<String, Integer> conversations() {
    return Map.of(
        "Assistant.answer true", -1,
        "Assistant.look true", -1,
        "Assistant.tell true", -1,
        "Assistant.tell false", -2);
  }

  @Override
  Map<String, Integer> requests() {
    return Map.of(
        "Assistant.answer 1", 2, "Assistant.look 2", 2, "Assistant.tell 1", 2, "process 1", 1);
  }
}
