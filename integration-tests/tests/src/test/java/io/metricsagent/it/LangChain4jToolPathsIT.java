package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frameworks that run LangChain4j's tools without its {@code ToolService}. */
@ExtendWith(ShowRuns.class)
class LangChain4jToolPathsIT {
  private static Dump run(Setup setup) throws IOException {
    FinishedRun run = setup.run().withAgent().run();
    assertThat(run.exitCode()).as(run.toString()).isZero();
    Dump dump = run.dump();
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("langchain4j").skipped()).isZero();
    return dump;
  }

  static List<Setup> graphs() {
    return Setup.of("langgraph4j/newest", "langgraph4j/oldest");
  }

  static List<Setup> quarkus() {
    return Setup.of("quarkus-langchain4j/newest", "quarkus-langchain4j/oldest");
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void countsToolsOfGraphsAndThoseThatDoNotExist(Setup setup) throws IOException {
    Dump dump = run(setup);
    assertThat(dump.tool("graphPrice").count("success_count")).isEqualTo(2);
    // One call of a pair, 32 in parallel, one on a virtual thread.
    assertThat(dump.tool("graphLambda").count("success_count")).isEqualTo(1 + 32 + 1);
    assertThat(dump.tool("graphBroken").errorCodes())
        .isEqualTo(Map.of("java.lang.IllegalStateException", 1L));
    assertThat(dump.tool("_unknown").errorCodes()).isEqualTo(Map.of("unknown_tool", 1L));
    assertThat(dump.tools()).hasSize(4);
  }

  @ParameterizedTest
  @MethodSource("quarkus")
  void countsToolsOfQuarkus(Setup setup) throws IOException {
    Dump dump = run(setup);
    assertThat(dump.tool("quarkusPrice").count("success_count")).isEqualTo(3);
    assertThat(dump.tool("quarkusBroken").errorCodes())
        .isEqualTo(Map.of("java.lang.IllegalStateException", 1L));
    assertThat(dump.tool("quarkusPicky").errorCodes()).isEqualTo(Map.of("invalid_arguments", 1L));
    assertThat(dump.tool("quarkusCrowd").count("success_count")).isEqualTo(32 + 1);
    assertThat(dump.tools()).hasSize(4);
  }
}
