package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that Quarkus's plugin built, with Quarkus's own client of OpenAI's API. */
@ParameterizedClass(name = "{0} on {1}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class QuarkusIT {
  private static Dump dump;
  private static Ledger ledger;

  QuarkusIT(@SuppressWarnings("unused") String app, @SuppressWarnings("unused") Jdk jdk) {}

  static List<Arguments> setups() {
    return Jdk.with("quarkus-openai", "quarkus-openai-oldest");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(String app, Jdk jdk) throws IOException {
    Path jar = Artifacts.app(app).resolveSibling("quarkus-app").resolve("quarkus-run.jar");
    try (StubServer stub = StubServer.start(0)) {
      FinishedRun run = AgentRun.on(jdk).withAgent().jar(jar).run(stub.baseUrl());
      ledger = stub.ledger();
      assertThat(run.exitCode()).as(run.toString()).isZero();
      dump = run.dump();
    }
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
