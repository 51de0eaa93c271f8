package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frameworks that run LangChain4j's tools without its {@code ToolService}. */
@ExtendWith(ShowRuns.class)
class LangChain4jToolPathsIT {
  private static Dump run(String app, Jdk jdk) throws IOException {
    FinishedRun run = AgentRun.on(jdk).withAgent().jar(Artifacts.app(app)).run();
    assertThat(run.exitCode()).as(run.toString()).isZero();
    Dump dump = run.dump();
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("langchain4j").skipped()).isZero();
    return dump;
  }

  static List<Arguments> graphs() {
    return Jdk.with("langgraph4j", "langgraph4j-oldest");
  }

  static List<Arguments> quarkus() {
    return Jdk.with("quarkus-langchain4j", "quarkus-langchain4j-oldest");
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void countsToolsOfGraphsAndThoseThatDoNotExist(String app, Jdk jdk) throws IOException {
    Dump dump = run(app, jdk);
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
  void countsToolsOfQuarkus(String app, Jdk jdk) throws IOException {
    Dump dump = run(app, jdk);
    assertThat(dump.tool("quarkusPrice").count("success_count")).isEqualTo(3);
    assertThat(dump.tool("quarkusBroken").errorCodes())
        .isEqualTo(Map.of("java.lang.IllegalStateException", 1L));
    assertThat(dump.tool("quarkusPicky").errorCodes()).isEqualTo(Map.of("invalid_arguments", 1L));
    assertThat(dump.tool("quarkusCrowd").count("success_count")).isEqualTo(32 + 1);
    assertThat(dump.tools()).hasSize(4);
  }
}
