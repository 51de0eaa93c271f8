package com.example.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.BetaRunnableTool;
import com.anthropic.helpers.BetaToolRunner;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.beta.messages.BetaTool;
import com.anthropic.models.beta.messages.BetaToolResultBlockParam;
import com.anthropic.models.beta.messages.MessageCreateParams;
import java.util.List;
import java.util.Map;

/** Tools that the client runs by itself. */
final class ToolRuns {
  private ToolRuns() {}

  static void all(AnthropicClient client) {
    BetaTool description =
        BetaTool.builder()
            .name("price")
            .description("Price of one piece")
            .inputSchema(
                BetaTool.InputSchema.builder()
                    .putAdditionalProperty(
                        "properties", JsonValue.from(Map.of("item", Map.of("type", "string"))))
                    .build())
            .build();
    for (String question :
        List.of(
            "How much are bolts? [use price item=bolts]",
            "How much is unobtainium? [use price item=unobtainium]")) {
      for (BetaMessage message : runner(client, "tool-runner", question, description)) {
        System.out.println(message.content().get(0).isText());
      }
      for (StreamResponse<BetaRawMessageStreamEvent> answer :
          runner(client, "tool-runner-streamed", question, description).streaming()) {
        System.out.println(answer.stream().count());
      }
    }
  }

  private static BetaToolRunner runner(
      AnthropicClient client, String model, String question, BetaTool description) {
    return client
        .beta()
        .messages()
        .toolRunner(
            MessageCreateParams.builder()
                .model(model)
                .maxTokens(100)
                .addUserMessage(question)
                .addTool(BetaRunnableTool.of(description, ToolRuns::price))
                .build());
  }

  private static BetaToolResultBlockParam.Content price(String input) {
    if (!input.contains("bolts")) {
      throw new IllegalStateException("no price");
    }
    return BetaToolResultBlockParam.Content.ofString("0.12 EUR");
  }
}
