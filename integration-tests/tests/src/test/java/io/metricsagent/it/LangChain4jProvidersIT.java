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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * LangChain4j 1.11 over clients that are measured as well, those of OpenAI and of the AWS SDK, over
 * Azure's, and over the APIs of Anthropic and Ollama: whatever is below, one request is one
 * request. And models that call models.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.metricsagent.it.harness.Jdk#all")
@ExtendWith(ShowRuns.class)
class LangChain4jProvidersIT {
  private static FinishedRun run;
  private static Dump dump;
  private static Ledger ledger;

  LangChain4jProvidersIT(@SuppressWarnings("unused") Jdk jdk) {}

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Jdk jdk) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      run =
          AgentRun.on(jdk)
              .withAgent()
              .jar(Artifacts.app("langchain4j-providers"))
              .run(stub.baseUrl());
      ledger = stub.ledger();
      assertThat(run.exitCode()).as(run.toString()).isZero();
      dump = run.dump();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "openai,official-success,2",
    "openai,official-throttled,1",
    "openai,official-streamed,1",
    "openai,official-tools,2",
    "anthropic,anthropic-success,2",
    "anthropic,anthropic-throttled,1",
    "anthropic,anthropic-streamed,1",
    "anthropic,anthropic-tools,2",
    "ollama,ollama-success,2",
    "ollama,ollama-throttled,1",
    "ollama,ollama-streamed,1",
    "ollama,ollama-tools,2",
    "aws.bedrock,bedrock-success,2",
    "aws.bedrock,bedrock-throttled,1",
    "aws.bedrock,bedrock-streamed,1",
    "aws.bedrock,bedrock-tools,2",
    "azure.ai.openai,azure-success,2",
    "azure.ai.openai,azure-throttled,1",
    "azure.ai.openai,azure-streamed,1",
    "azure.ai.openai,azure-tools,2",
    "gcp.vertex_ai,vertex-success,2",
    "gcp.vertex_ai,vertex-throttled,1",
    "gcp.vertex_ai,vertex-streamed,1",
    "gcp.vertex_ai,vertex-tools,2"
  })
  void countsEachAnswerAndItsTokensOnce(String provider, String model, long requests) {
    Account account = ledger.account(model, "chat");
    Adapter chat = dump.adapter(model, "chat");

    assertThat(account.answered()).isEqualTo(requests);
    assertThat(chat.name()).isEqualTo(provider);
    assertThat(chat.count("request_count")).isEqualTo(requests);
    assertThat(chat.count("error_count")).isZero();
    assertThat(chat.count("throttle_count")).isEqualTo(account.throttled());
    assertThat(chat.count("input_tokens")).isEqualTo(account.inputTokens());
    // The client of Vertex AI knows nothing of thoughts, of which there are two an answer.
    long unknown = model.startsWith("vertex-") ? 2 * requests : 0;
    assertThat(chat.count("output_tokens")).isEqualTo(account.outputTokens() - unknown);
    // LangChain4j's models of Azure and Vertex AI leave them out.
    assertThat(chat.count("cached_tokens"))
        .isEqualTo(model.matches("(azure|vertex)-.*") ? 0 : account.cachedTokens());
  }

  @ParameterizedTest
  @ValueSource(strings = {"official", "anthropic", "ollama", "bedrock", "azure", "vertex"})
  void countsEachThrottleOfACallThatFailed(String provider) {
    Adapter exhausted = dump.adapter(provider + "-exhausted", "chat");

    assertThat(exhausted.count("request_count")).isEqualTo(1);
    assertThat(exhausted.count("error_count")).isEqualTo(1);
    assertThat(exhausted.count("throttle_count"))
        .isEqualTo(ledger.account(provider + "-exhausted", "chat").throttled())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"official", "anthropic", "ollama", "bedrock", "azure", "vertex"})
  void timesThePhasesOfTheLayerBelow(String provider) {
    Adapter success = dump.adapter(provider + "-success", "chat");
    Adapter streamed = dump.adapter(provider + "-streamed", "chat");

    assertThat(success.latency("render_latency").count()).isEqualTo(2);
    assertThat(success.latency("call_latency").count()).isEqualTo(2);
    assertThat(success.latency("parse_latency").count()).isEqualTo(2);
    assertThat(streamed.latency("time_to_first_token").count()).isEqualTo(1);
    // The model of Vertex AI sends them on a thread of its own.
    assertThat(streamed.latency("render_latency").count())
        .isEqualTo(provider.equals("vertex") ? 0 : 1);
    assertThat(dump.adapter(provider + "-tools", "chat").latency("tool_latency").count())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"official", "anthropic", "ollama", "bedrock", "azure", "vertex"})
  void timesEachPieceAfterTheFirstWithoutTheApplicationsOwnTime(String provider) {
    Adapter streamed = dump.adapter(provider + "-streamed", "chat");
    Adapter unhurried = dump.adapter(provider + "-unhurried", "chat");

    assertThat(streamed.latency("inter_chunk_latency").count()).isEqualTo(9);
    assertThat(streamed.latency("inter_chunk_latency").max()).isGreaterThanOrEqualTo(35);
    assertThat(unhurried.latency("inter_chunk_latency").count()).isEqualTo(9);
    assertThat(
            unhurried.latency("total_latency").sum()
                - unhurried.latency("inter_chunk_latency").sum())
        .isGreaterThanOrEqualTo(9 * 60);
  }

  /** A model that a tool asks is a request of its own. */
  @Test
  void countsTheModelThatAToolAsks() {
    assertThat(dump.adapter("planner", "chat").count("request_count")).isEqualTo(2);
    assertThat(dump.adapter("expert", "chat").count("request_count")).isEqualTo(1);
    assertThat(dump.adapter("expert", "chat").count("input_tokens"))
        .isEqualTo(ledger.account("expert", "chat").inputTokens());
    assertThat(dump.tool("expert").count("call_count")).isEqualTo(1);
    assertThat(dump.adapter("planner", "chat").latency("tool_latency").count()).isEqualTo(1);
    assertThat(dump.adapter("expert", "chat").latency("tool_latency").count()).isZero();
  }

  /** What a model asks of one other model is one request; that one is asked twice. */
  @Test
  void countsARouterByTheModelsThatItAsked() {
    Adapter router = dump.adapter("router-second", "chat");

    assertThat(router.count("request_count")).isEqualTo(1);
    assertThat(router.count("error_count")).isZero();
    assertThat(router.count("input_tokens"))
        .isEqualTo(ledger.account("router-second", "chat").inputTokens());
    assertThat(router.latency("call_latency").count()).isEqualTo(1);
    assertFailed("router-first");
  }

  private static void assertFailed(String model) {
    Adapter first = dump.adapter(model, "chat");
    assertThat(first.name()).isEqualTo("openai");
    assertThat(first.count("request_count")).isEqualTo(1);
    assertThat(first.count("error_count")).isEqualTo(1);
    assertThat(first.count("input_tokens")).isZero();
    assertThat(ledger.account(model, "chat").failed()).isPositive();
  }

  @Test
  void countsARouterOfStreamsByTheModelsThatItAsked() {
    Adapter second = dump.adapter("stream-router-second", "chat");

    assertThat(second.count("request_count")).isEqualTo(1);
    assertThat(second.count("error_count")).isZero();
    assertThat(second.count("input_tokens"))
        .isEqualTo(ledger.account("stream-router-second", "chat").inputTokens());
    assertThat(second.latency("time_to_first_token").count()).isEqualTo(1);
    assertFailed("stream-router-first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"guard", "guarded"})
  void countsEachOfTwoModelsThatAnsweredForOne(String model) {
    Adapter each = dump.adapter(model, "chat");
    Account account = ledger.account(model, "chat");

    assertThat(each.count("request_count")).isEqualTo(1);
    assertThat(each.count("input_tokens")).isEqualTo(account.inputTokens()).isPositive();
    assertThat(each.count("output_tokens")).isEqualTo(account.outputTokens());
    assertThat(each.latency("render_latency").count()).isEqualTo(1);
    assertThat(each.latency("call_latency").count()).isEqualTo(1);
  }

  @Test
  void makesNoSeriesOfAModelThatOnlyAsksOthers() {
    assertThat(dump.adapters())
        .extracting(Adapter::name)
        .containsOnly(
            "openai", "anthropic", "ollama", "aws.bedrock", "azure.ai.openai", "gcp.vertex_ai");
    assertThat(dump.adapters())
        .extracting(adapter -> adapter.json().path("model").asString("") + adapter.name())
        .doesNotHaveDuplicates();
  }

  /** Tools that run side by side have no frame above them. */
  @Test
  void countsToolsThatRunConcurrently() {
    assertThat(dump.tool("stock").count("call_count")).isEqualTo(1);
    assertThat(dump.tool("price").count("call_count")).isEqualTo(ledger.toolCalls().get("price"));
    assertThat(dump.adapter("concurrent-tools", "chat").count("request_count")).isEqualTo(2);
  }

  /** The model's invention must not become a series. */
  @Test
  void countsToolsThatDoNotExistUnderOneName() {
    assertThat(dump.tool("_unknown").errorCodes()).containsOnlyKeys("unknown_tool");
    assertThat(dump.tools()).extracting(tool -> tool.name()).doesNotContain("unicorn");
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("langchain4j").skipped()).isZero();
    assertThat(dump.instrumentation("openai").skipped()).isZero();
    // A new JVM warns of what Netty does, below the clients of AWS and Azure.
    assertThat(run.stderr()).allMatch(line -> line.isEmpty() || line.startsWith("WARNING: "));
  }
}
