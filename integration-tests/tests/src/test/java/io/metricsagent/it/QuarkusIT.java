package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.Ledger.Account;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that Quarkus's plugin built, with Quarkus's own client of OpenAI's API. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class QuarkusIT {
  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(QuarkusIT::execute);

  private static Dump dump;
  private static Ledger ledger;

  QuarkusIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("quarkus-openai/newest", "quarkus-openai/oldest"));
  }

  private static StubRun execute(Setup setup) throws IOException {
    Path jar = setup.jar().resolveSibling("quarkus-app").resolve("quarkus-run.jar");
    try (StubServer stub = StubServer.start(0)) {
      AgentRun run = AgentRun.on(setup.jdk()).withAgent().jar(jar);
      return new StubRun(run.run(stub.baseUrl()), stub.ledger());
    }
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    StubRun run = RUNS.of(setup);
    ledger = run.ledger();
    dump = run.dump();
  }

  private static Adapter chat() {
    return dump.adapter("quarkus", "chat");
  }

  /** Four questions, two of which took two rounds, and one streamed answer. */
  @Test
  void countsEachAnswerAndItsTokensOnce() {
    Account account = ledger.account("quarkus", "chat");

    assertThat(account.answered()).isEqualTo(7);
    assertThat(chat().count("request_count")).isEqualTo(7 + 1);
    assertThat(chat().count("error_count")).isEqualTo(1);
    assertThat(chat().count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(chat().count("output_tokens")).isEqualTo(account.outputTokens());
    assertThat(dump.adapter("quarkus-embedding", "embeddings").count("request_count")).isEqualTo(1);
  }

  @Test
  void countsThrottlesThoughRetriesHideThem() {
    assertThat(ledger.account("quarkus", "chat").throttled()).isEqualTo(2);
    assertThat(chat().count("throttle_count")).isEqualTo(2);
  }

  /** A stream has no parse phase after the last attempt. */
  @Test
  void timesEveryPhaseOfEachCall() {
    assertThat(chat().latency("render_latency").count()).isEqualTo(8);
    assertThat(chat().latency("call_latency").count()).isEqualTo(8);
    assertThat(chat().latency("parse_latency").count()).isEqualTo(6);
    assertThat(chat().latency("time_to_first_token").count()).isEqualTo(1);
    Adapter embedding = dump.adapter("quarkus-embedding", "embeddings");
    assertThat(embedding.latency("render_latency").count()).isEqualTo(1);
    assertThat(embedding.latency("parse_latency").count()).isEqualTo(1);
  }

  @Test
  void leavesTheWaitBeforeAnotherAttemptOutOfThePhases() {
    assertThat(chat().waits()).isGreaterThan(250);
  }

  @Test
  void timesTheToolsThatAnAnswerAskedFor() {
    assertThat(chat().latency("tool_latency").count()).isEqualTo(2);
    assertThat(dump.tool("price").count("success_count")).isEqualTo(1);
  }

  @Test
  void tellsThatAGuardrailRefusedATool() {
    assertThat(dump.tool("open").errorCodes())
        .isEqualTo(Map.of("io.quarkiverse.langchain4j.guardrails.ToolGuardrailException", 1L));
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("quarkus-langchain4j").wovenMethods()).isPositive();
    assertThat(dump.instrumentation("quarkus-langchain4j").skipped()).isZero();
    assertThat(dump.instrumentation("langchain4j").skipped()).isZero();
  }
}
