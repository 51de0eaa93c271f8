package io.metricsagent.instrumentations.libraries.springai;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmFluxHandler;
import io.metricsagent.instrumentations.llm.LlmRoundHandler;
import io.metricsagent.instrumentations.llm.ModelNameHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import java.util.List;

/**
 * Spring AI 1 and 2: chat, streamed chat, embeddings and tools.
 *
 * <p>What a model of 2.x sends over OpenAI's or Anthropic's client is an inner layer of its call
 * and shows the attempts. A model of 1.x runs tools itself and calls itself again: each round is a
 * request that ends when its tools begin.
 */
@AutoService(InstrumentationModule.class)
public final class SpringAiModule implements InstrumentationModule {
  private static final String STRING = "java.lang.String";
  private static final String PROMPT = "org.springframework.ai.chat.prompt.Prompt";
  private static final String CHAT = "org.springframework.ai.chat.model.";
  private static final String CHAT_RESPONSE = CHAT + "ChatResponse";
  private static final String EMBEDDING = "org.springframework.ai.embedding.";
  private static final String EMBEDDING_REQUEST = EMBEDDING + "EmbeddingRequest";
  private static final String OBSERVED_EMBEDDING =
      EMBEDDING + "observation.EmbeddingModelObservationContext$Builder";
  private static final String CALLBACK = "org.springframework.ai.tool.ToolCallback";
  private static final String CONTEXT = "org.springframework.ai.chat.model.ToolContext";

  private static final String FLUX = "reactor.core.publisher.Flux";
  private static final String TOOL_RESULT = "org.springframework.ai.model.tool.ToolExecutionResult";
  private static final String ENTITY = "org.springframework.http.ResponseEntity";
  private static final String HEADERS = "org.springframework.util.MultiValueMap";

  // What models of 1.x send over, each with a client of its own.
  private static final String OPENAI_API = "org.springframework.ai.openai.api.OpenAiApi";
  private static final String OPENAI_REQUEST = OPENAI_API + "$ChatCompletionRequest";
  private static final String API_ANTHROPIC = "org.springframework.ai.anthropic.api.AnthropicApi";
  private static final String ANTHROPIC_REQUEST = API_ANTHROPIC + "$ChatCompletionRequest";
  private static final String API_OLLAMA = "org.springframework.ai.ollama.api.OllamaApi";

  @Override
  public String name() {
    return "spring-ai";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forSubtypes("chat", CHAT + "ChatModel", method("call", CHAT_RESPONSE, PROMPT)),
        Rule.forSubtypes("stream", CHAT + "ChatModel", method("stream", FLUX, PROMPT))
            .replacingResult(),
        // 1.x: calls itself after each round of tools. 2.x has it too, for one request.
        Rule.forSubtypes(
                "round",
                CHAT + "ChatModel",
                method("internalCall", CHAT_RESPONSE, PROMPT, CHAT_RESPONSE))
            .whereThereIsOne(),
        Rule.forSubtypes(
            "round-tools",
            "org.springframework.ai.model.tool.ToolCallingManager",
            method("executeToolCalls", TOOL_RESULT, PROMPT, CHAT_RESPONSE)),
        Rule.forClass(
            "openai-api",
            OPENAI_API,
            method("chatCompletionEntity", ENTITY, OPENAI_REQUEST, HEADERS)),
        Rule.forClass(
                "openai-api-stream",
                OPENAI_API,
                method("chatCompletionStream", FLUX, OPENAI_REQUEST, HEADERS))
            .replacingResult(),
        Rule.forClass(
            "anthropic-api",
            API_ANTHROPIC,
            method("chatCompletionEntity", ENTITY, ANTHROPIC_REQUEST, HEADERS)),
        Rule.forClass(
                "anthropic-api-stream",
                API_ANTHROPIC,
                method("chatCompletionStream", FLUX, ANTHROPIC_REQUEST, HEADERS))
            .replacingResult(),
        Rule.forClass(
            "api-attempt", OPENAI_API, named("chatCompletionEntity"), named("embeddings")),
        Rule.forClass("api-attempt", API_ANTHROPIC, named("chatCompletionEntity")),
        Rule.forClass("api-attempt", API_OLLAMA, named("chat"), named("embed")),
        Rule.forSubtypes(
            "embeddings",
            EMBEDDING + "EmbeddingModel",
            method("call", EMBEDDING + "EmbeddingResponse", EMBEDDING_REQUEST)),
        // Models of 1.x tell their default model nowhere else before the answer.
        Rule.forClass(
            "embedding-model",
            OBSERVED_EMBEDDING,
            method("embeddingRequest", OBSERVED_EMBEDDING, EMBEDDING_REQUEST)),
        // Either calls the other, whichever a callback has overridden.
        Rule.forSubtypes(
            "tool",
            CALLBACK,
            method("call", STRING, STRING),
            method("call", STRING, STRING, CONTEXT)));
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Spring AI",
            "org.springframework.ai:spring-ai-openai",
            List.of("1.0.9", "1.1.8", "2.0.1"),
            "chat, streams (each subscription is a request), embeddings; each round of a"
                + " conversation with tools by itself, also in 1.x, whose own figures add them up;"
                + " tools; the attempts, where OpenAI is below"),
        new Coverage(
            "Spring AI with Anthropic",
            "org.springframework.ai:spring-ai-anthropic",
            List.of("1.0.4", "1.1.8", "2.0.1"),
            "the same"));
  }

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    ModelDecoder chat = new ModelDecoder("chat");
    return switch (rule.id()) {
      case "chat" -> new LlmCallHandler(chat, telemetry);
      case "stream" -> new LlmFluxHandler(chat, chat, telemetry);
      case "round" -> new LlmRoundHandler(chat, telemetry);
      case "round-tools" ->
          LlmRoundHandler.ofTools(chat, ToolLoopHandler.ofRound(chat, telemetry), telemetry);
      case "openai-api" -> new LlmCallHandler(new OpenAiApiDecoder(), telemetry);
      case "openai-api-stream" -> {
        OpenAiApiDecoder api = new OpenAiApiDecoder();
        yield new LlmFluxHandler(api, api, telemetry);
      }
      case "anthropic-api" -> new LlmCallHandler(new AnthropicApiDecoder(), telemetry);
      case "anthropic-api-stream" -> {
        AnthropicApiDecoder api = new AnthropicApiDecoder();
        yield new LlmFluxHandler(api, api, telemetry);
      }
      case "api-attempt" -> new AttemptHandler();
      case "embeddings" -> new LlmCallHandler(new ModelDecoder("embeddings"), telemetry);
      case "embedding-model" -> ModelNameHandler.ofArgument(ModelDecoder::model);
      case "tool" -> new ToolCallHandler(new CallbackDecoder(), telemetry);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
