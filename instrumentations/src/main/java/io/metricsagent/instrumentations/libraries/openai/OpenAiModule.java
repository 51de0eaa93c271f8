package io.metricsagent.instrumentations.libraries.openai;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.ClientRules;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.ParsedAnswer;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.StreamedAnswer;
import io.metricsagent.instrumentations.llm.LlmResultHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.ArrayList;
import java.util.List;

/**
 * openai-java 2 to 4: chat completions, responses and embeddings, blocking and asynchronous, whole
 * and streamed, and the HTTP attempts inside them.
 */
@AutoService(InstrumentationModule.class)
public final class OpenAiModule implements InstrumentationModule {
  private static final String CHAT_SERVICE = "chat.ChatCompletionService";
  private static final String CHAT = "chat.completions.ChatCompletionCreateParams";
  private static final String RESPONSE_SERVICE = "ResponseService";
  private static final String RESPONSE = "responses.ResponseCreateParams";

  private final ClientRules client = new ClientRules("com.openai.");

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    client.addWhole(rules, "chat", CHAT_SERVICE, CHAT);
    client.addStreamed(rules, "chat-stream", CHAT_SERVICE, CHAT);
    client.addWhole(rules, "responses", RESPONSE_SERVICE, RESPONSE);
    client.addStreamed(rules, "responses-stream", RESPONSE_SERVICE, RESPONSE);
    client.addWhole(rules, "embeddings", "EmbeddingService", "embeddings.EmbeddingCreateParams");
    client.addAttempts(rules);
    return rules;
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "openai-java",
            "com.openai:openai-java",
            List.of("2.0.0", "3.7.1", "4.101.0"),
            "chat completions, responses and embeddings; blocking and asynchronous, whole and"
                + " streamed, parsed and raw; the attempts inside them"));
  }

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    ChatCompletions chat = new ChatCompletions("chat");
    Responses responses = new Responses();
    return switch (rule.id()) {
      case "chat" -> new LlmResultHandler(chat, new ParsedAnswer(), false, telemetry);
      case "chat-stream" -> new LlmResultHandler(chat, new StreamedAnswer(chat), true, telemetry);
      case "responses" -> new LlmResultHandler(responses, new ParsedAnswer(), false, telemetry);
      case "responses-stream" ->
          new LlmResultHandler(responses, new StreamedAnswer(responses), true, telemetry);
      case "embeddings" ->
          new LlmResultHandler(
              new ChatCompletions("embeddings"), new ParsedAnswer(), false, telemetry);
      default -> client.handler(rule);
    };
  }
}
