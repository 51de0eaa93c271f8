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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes of the application that the settings name are measured. */
@ExtendWith(ShowRuns.class)
class UserTargetsIT {
  /** The settings have one target of each kind; this one is an interface. */
  static final String ADAPTERS = "com.example.plain.Llm[complete]";

  private static final String TOOLS = "com.example.plain.Calculator[divide]";
  private static final String MAILBOXES = "com.example.plain.Inbox[take]";

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresClassesNamedInSystemProperties(Jdk jdk) throws IOException {
    assertMeasured(
        AgentRun.on(jdk)
            .withAgent()
            .setting("metrics.agent.adapters.include", ADAPTERS)
            .setting("metrics.agent.tools.include", TOOLS)
            .setting("metrics.agent.mailboxes.include", MAILBOXES)
            .jar(Artifacts.app("plain"))
            .run());
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresClassesNamedInTheEnvironment(Jdk jdk) throws IOException {
    assertMeasured(
        AgentRun.on(jdk)
            .withAgent()
            .environment("METRICS_AGENT_ADAPTERS_INCLUDE", ADAPTERS)
            .environment("METRICS_AGENT_TOOLS_INCLUDE", TOOLS)
            .environment("METRICS_AGENT_MAILBOXES_INCLUDE", MAILBOXES)
            .jar(Artifacts.app("plain"))
            .run());
  }

  /** The class loader would make whoever asks it for a class that is not the application's wait. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void asksNoLoaderOfTheApplicationForClassesOfTheAgent(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting("metrics.agent.adapters.include", ADAPTERS)
            .jar(Artifacts.app("plain"))
            .run("late");
    List<Long> told = run.stdout().lines().map(Long::valueOf).toList();
    long elapsed = told.get(0);
    long waited = told.get(1);

    assertThat(waited).isZero();
    Dump.Latency total = run.dump().adapters().get(0).latency("total_latency");
    assertThat(total.count()).isEqualTo(1);
    assertThat(total.sum()).isPositive().isLessThanOrEqualTo(elapsed / 1e6);
  }

  /** A careful model asks a fast one twice; this counts as one request. */
  private static void assertMeasured(FinishedRun run) {
    assertThat(run.exitCode()).isZero();
    Dump dump = run.dump();
    assertThat(sum(dump, "request_count")).isEqualTo(6);
    assertThat(sum(dump, "error_count")).isEqualTo(1);
    assertThat(dump.adapters())
        .flatExtracting(adapter -> adapter.errorTypes().keySet())
        .singleElement()
        .asString()
        .endsWith("LlmException");

    assertThat(dump.tools()).hasSize(1);
    assertThat(dump.tools().get(0).count("call_count")).isEqualTo(3);
    assertThat(dump.tools().get(0).count("failure_count")).isEqualTo(1);

    // The fourth call found the queue empty.
    assertThat(dump.mailboxes()).hasSize(1);
    assertThat(dump.mailboxes().get(0).count("messages_received")).isEqualTo(3);
    assertThat(dump.mailboxes().get(0).deliveries()).containsOnly(0L);
    assertThat(dump.agentErrors()).isZero();
  }

  private static long sum(Dump dump, String field) {
    return dump.adapters().stream().mapToLong(adapter -> adapter.count(field)).sum();
  }
}
