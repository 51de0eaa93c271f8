package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import org.junit.jupiter.api.Test;

/** A model of Spring AI 1 that runs tools itself, above a client whose own usage is not visible. */
class LlmRoundHandlerTest {
  /** Of all rounds so far. */
  public record Usage(long in, long out, long cached) {}

  /** An answer. */
  public record Response(Usage usage) {}

  @Test
  void subtractsTheTokensOfTheRoundsBefore() {
    Registry registry = Chats.registry();
    Telemetry telemetry = new Telemetry(registry);
    Chats chats = new Chats("ollama", "llama");
    LlmRoundHandler rounds = new LlmRoundHandler(chats, telemetry);
    SiteHandler tools = LlmRoundHandler.ofTools(chats, ToolLoopHandler.afterAnswer(), telemetry);
    Response first = new Response(new Usage(100, 10, 0));
    Response both = new Response(new Usage(250, 15, 0));

    Object outer = rounds.enter(this, "prompt", null, null);
    tools.exit(tools.enter(this, "prompt", first, null), null, null);
    Object inner = rounds.enter(this, "prompt", first, null);
    rounds.exit(inner, both, null);
    rounds.exit(outer, both, null);

    AdapterSnapshot ollama = registry.snapshot().adapters().get(0);
    assertThat(ollama.requestCount()).isEqualTo(2);
    assertThat(ollama.inputTokenCount()).isEqualTo(250);
    assertThat(ollama.outputTokenCount()).isEqualTo(15);
  }
}
