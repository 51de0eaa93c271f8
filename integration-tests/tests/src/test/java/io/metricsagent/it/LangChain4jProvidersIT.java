package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.Ledger.Account;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * LangChain4j over clients that are measured too (those of OpenAI, the AWS SDK and Google), over
 * Azure's and Vertex AI's clients, and over the APIs of OpenAI, Anthropic, Ollama and Gemini: one
 * request counts once, whatever the client below. Also models that call other models.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class LangChain4jProvidersIT {
  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(StubRun::of);

  /** A provider: the prefix of its models' names, and its {@code gen_ai.provider.name}. */
  enum Provider {
    OFFICIAL("openai"),
    OPENAI("openai"),
    ANTHROPIC("anthropic"),
    OLLAMA("ollama"),
    GEMINI("gcp.gemini"),
    GENAI("gcp.gemini"),
    BEDROCK("aws.bedrock"),
    AZURE("azure.ai.openai"),
    VERTEX("gcp.vertex_ai");

    private final String provider;

    Provider(String provider) {
      this.provider = provider;
    }

    private String model(String scenario) {
      return name().toLowerCase(Locale.ROOT) + "-" + scenario;
    }

    private Adapter adapter(String scenario) {
      return dump.adapter(model(scenario), "chat");
    }

    /** Returns the tokens that the server sent, as far as the model passes them on. */
    private Account told(String scenario) {
      Account sent = ledger.account(model(scenario), "chat");
      return this == AZURE || isSilentGemini() ? sent.withInput(sent.inputTokens(), 0) : sent;
    }

    /**
     * Returns the tokens of thoughts, which the model does not pass on; there are two in each
     * answer.
     */
    private long thoughts(Account account) {
      return isSilentGemini() ? 2 * account.answered() : 0;
    }

    private boolean isSilentGemini() {
      return this == VERTEX || (this == GEMINI && !setup.isNewest());
    }
  }

  private static Setup setup;
  private static FinishedRun run;
  private static Dump dump;
  private static Ledger ledger;

  LangChain4jProvidersIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langchain4j-providers/newest", "langchain4j-providers/oldest"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup current) throws Throwable {
    setup = current;
    StubRun stubbed = RUNS.of(setup);
    run = stubbed.run();
    ledger = stubbed.ledger();
    dump = stubbed.dump();
  }

  @ParameterizedTest
  @EnumSource
  void countsEachAnswerAndItsTokensOnce(Provider provider) {
    assertCounted(provider, "success", 2);
    assertCounted(provider, "throttled", 1);
    assertCounted(provider, "streamed", 1);
    assertCounted(provider, "tools", 2);
    assertCounted(provider, "concurrent", 32);
    assertCounted(provider, "virtual", 1);
    assertThat(ledger.account(provider.model("throttled"), "chat").throttled()).isEqualTo(1);
  }

  /** The status is 200. LangChain4j's own client of OpenAI ignores the event. */
  @ParameterizedTest
  @EnumSource(names = {"OFFICIAL", "ANTHROPIC"})
  void countsALimitThatAStreamTellsOf(Provider provider) {
    Adapter limited = provider.adapter("stream-limited");

    assertThat(limited.count("throttle_count")).isEqualTo(1);
    assertThat(limited.count("request_count")).isEqualTo(1);
    assertThat(limited.count("error_count")).isEqualTo(1);
  }

  private static void assertCounted(Provider provider, String scenario, long requests) {
    Account account = provider.told(scenario);
    Adapter chat = provider.adapter(scenario);

    assertThat(account.answered()).isEqualTo(requests);
    assertThat(chat.name()).isEqualTo(provider.provider);
    assertThat(chat.count("request_count")).isEqualTo(requests);
    assertThat(chat.count("error_count")).isZero();
    assertThat(chat.count("throttle_count")).isEqualTo(account.throttled());
    assertThat(chat.count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(chat.count("output_tokens"))
        .isEqualTo(account.outputTokens() - provider.thoughts(account));
    assertThat(chat.count("cached_tokens")).isEqualTo(account.cachedTokens());
  }

  @ParameterizedTest
  @EnumSource
  void countsACallThatFailedOnceHoweverOftenItWasRetried(Provider provider) {
    for (String scenario :
        List.of(
            "exhausted", "failed", "malformed", "timeout", "stream-exhausted", "stream-failed")) {
      Adapter failed = provider.adapter(scenario);

      assertThat(failed.name()).isEqualTo(provider.provider);
      assertThat(failed.count("request_count")).as(scenario).isEqualTo(1);
      assertThat(failed.count("error_count")).as(scenario).isEqualTo(1);
      assertThat(failed.errorTypes().values()).as(scenario).containsExactly(1L);
      assertThat(failed.count("cancelled_count")).as(scenario).isZero();
      assertThat(failed.count("input_tokens")).as(scenario).isZero();
      assertThat(failed.count("throttle_count"))
          .as(scenario)
          .isEqualTo(ledger.account(provider.model(scenario), "chat").throttled());
    }
    assertThat(ledger.account(provider.model("exhausted"), "chat").throttled()).isEqualTo(2);
    assertThat(ledger.account(provider.model("stream-exhausted"), "chat").throttled()).isEqualTo(1);
    assertThat(provider.adapter("timeout").latency("total_latency").min())
        .isGreaterThanOrEqualTo(380);
  }

  @ParameterizedTest
  @EnumSource(names = {"OFFICIAL", "OPENAI", "OLLAMA", "GEMINI", "BEDROCK", "AZURE"})
  void countsEmbeddings(Provider provider) {
    Adapter embedding = dump.adapter(provider.model("embedding"), "embeddings");
    assertThat(embedding.name()).isEqualTo(provider.provider);
    assertThat(embedding.count("request_count")).isEqualTo(1);
    assertThat(embedding.count("error_count")).isZero();

    new RefusedEmbeddings(dump, ledger, provider.model("embedding-"), 1).assertCounted(2, 1);
  }

  @ParameterizedTest
  @EnumSource
  void tellsAStreamWhoseReaderThrew(Provider provider) {
    assertCancelled(provider, "thrower");
  }

  /** One stream is cancelled on the thread of its pieces, one on another thread. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENAI")
  void tellsAStreamThatWasCancelled(Provider provider) {
    assertCancelled(provider, "cancelled");
    assertCancelled(provider, "given-up");
  }

  private static void assertCancelled(Provider provider, String scenario) {
    Adapter cancelled = provider.adapter(scenario);

    assertThat(cancelled.name()).isEqualTo(provider.provider);
    assertThat(cancelled.count("request_count")).isEqualTo(1);
    assertThat(cancelled.count("cancelled_count")).isEqualTo(1);
    assertThat(cancelled.count("error_count")).isZero();
    assertThat(cancelled.errorTypes()).isEmpty();
    assertThat(cancelled.latency("time_to_first_token").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void timesThePhasesOfTheLayerBelow(Provider provider) {
    for (String scenario : List.of("success", "throttled", "tools", "concurrent", "virtual")) {
      Adapter chat = provider.adapter(scenario);
      long requests = chat.count("request_count");

      assertThat(chat.latency("render_latency").count()).as(scenario).isEqualTo(requests);
      assertThat(chat.latency("call_latency").count()).as(scenario).isEqualTo(requests);
      assertThat(chat.latency("parse_latency").count()).as(scenario).isEqualTo(requests);
      assertThat(chat.latency("time_to_first_token").count()).as(scenario).isZero();
    }
    Adapter streamed = provider.adapter("streamed");
    assertThat(streamed.latency("time_to_first_token").count()).isEqualTo(1);
    assertThat(streamed.latency("call_latency").count()).isEqualTo(1);
    // The model of Vertex AI sends them on a thread of its own.
    assertThat(streamed.latency("render_latency").count())
        .isEqualTo(provider == Provider.VERTEX ? 0 : 1);
    assertThat(provider.adapter("tools").latency("tool_latency").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void timesEachPieceAfterTheFirstWithoutTheApplicationsOwnTime(Provider provider) {
    Adapter streamed = provider.adapter("streamed");
    Adapter unhurried = provider.adapter("unhurried");

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

  /** A model that asks one other model is the same request; the other model is asked twice. */
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
            "openai",
            "anthropic",
            "ollama",
            "gcp.gemini",
            "aws.bedrock",
            "azure.ai.openai",
            "gcp.vertex_ai");
    assertThat(dump.adapters())
        .extracting(adapter -> adapter.json().path("model").asString("") + adapter.name())
        .doesNotHaveDuplicates();
  }

  /** Tools that run in parallel have no frame above them. */
  @Test
  void countsToolsThatRunConcurrently() {
    assertThat(dump.tool("stock").count("call_count")).isEqualTo(1);
    assertThat(dump.tool("price").count("call_count")).isEqualTo(ledger.toolCalls().get("price"));
    assertThat(dump.adapter("concurrent-tools", "chat").count("request_count")).isEqualTo(2);
  }

  /** A name that a model invented must not become a series. */
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
    assertThat(dump.instrumentation("google-genai").skipped()).isZero();
    assertThat(dump.instrumentation("bedrock").skipped()).isZero();
    // A new JVM warns of what Netty does, which the clients of AWS and Azure use.
    assertThat(run.stderr()).allMatch(line -> line.isEmpty() || line.startsWith("WARNING: "));
  }
}
