package io.metricsagent.instrumentations.springai;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.operations.LlmCallHandler;
import io.metricsagent.instrumentations.operations.LlmFluxHandler;
import io.metricsagent.instrumentations.operations.ToolCallHandler;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.List;

/**
 * Spring AI 2: chat, streamed chat, embeddings and tools. What a model sends over OpenAI's or
 * Anthropic's client is an inner layer of its call and shows the attempts.
 */
@AutoService(InstrumentationModule.class)
public final class SpringAiModule implements InstrumentationModule {
  private static final String STRING = "java.lang.String";
  private static final String PROMPT = "org.springframework.ai.chat.prompt.Prompt";
  private static final String CHAT = "org.springframework.ai.chat.model.";
  private static final String CHAT_RESPONSE = CHAT + "ChatResponse";
  private static final String EMBEDDING = "org.springframework.ai.embedding.";
  private static final String CALLBACK = "org.springframework.ai.tool.ToolCallback";
  private static final String CONTEXT = "org.springframework.ai.chat.model.ToolContext";

  @Override
  public String name() {
    return "spring-ai";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forSubtypes("chat", CHAT + "ChatModel", method("call", CHAT_RESPONSE, PROMPT)),
        Rule.forSubtypes(
                "stream",
                CHAT + "ChatModel",
                method("stream", "reactor.core.publisher.Flux", PROMPT))
            .replacingResult(),
        Rule.forSubtypes(
            "embeddings",
            EMBEDDING + "EmbeddingModel",
            method("call", EMBEDDING + "EmbeddingResponse", EMBEDDING + "EmbeddingRequest")),
        // Either calls the other, whichever a callback has overridden.
        Rule.forSubtypes(
            "tool",
            CALLBACK,
            method("call", STRING, STRING),
            method("call", STRING, STRING, CONTEXT)));
  }

  @Override
  public SiteHandler handler(Rule rule, Recording recording) {
    ModelDecoder chat = new ModelDecoder("chat");
    return switch (rule.id()) {
      case "chat" -> new LlmCallHandler(chat, recording);
      case "stream" -> new LlmFluxHandler(chat, chat, recording);
      case "embeddings" -> new LlmCallHandler(new ModelDecoder("embeddings"), recording);
      case "tool" -> new ToolCallHandler(new CallbackDecoder(), recording);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
