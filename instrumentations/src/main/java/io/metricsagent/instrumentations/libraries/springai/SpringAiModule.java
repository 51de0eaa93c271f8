package io.metricsagent.instrumentations.libraries.springai;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmFluxHandler;
import io.metricsagent.instrumentations.llm.LlmRoundHandler;
import io.metricsagent.instrumentations.llm.ModelNameHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import java.util.List;

/**
 * Spring AI 1 and 2: chat, streamed chat, embeddings and tools.
 *
 * <p>A model of 2.x sends with OpenAI's or Anthropic's client; that client's call is an inner layer
 * of the model's call and shows the attempts. A model of 1.x runs tools itself and then calls
 * itself again: each round is a request, which ends when its tools begin.
 */
@AutoService(InstrumentationModule.class)
public final class SpringAiModule extends RuleTable<Void> {
  private static final String STRING = "java.lang.String";
  private static final String PROMPT = "org.springframework.ai.chat.prompt.Prompt";
  private static final String CHATS = "org.springframework.ai.chat.model.";
  private static final String CHAT_RESPONSE = CHATS + "ChatResponse";
  private static final String EMBEDDED = "org.springframework.ai.embedding.";
  private static final String EMBEDDING_REQUEST = EMBEDDED + "EmbeddingRequest";
  private static final String OBSERVED_EMBEDDING =
      EMBEDDED + "observation.EmbeddingModelObservationContext$Builder";
  private static final String CALLBACK = "org.springframework.ai.tool.ToolCallback";
  private static final String CONTEXT = "org.springframework.ai.chat.model.ToolContext";

  private static final String CLIENT = "org.springframework.ai.chat.client.DefaultChatClient";
  private static final String CLIENT_REQUEST =
      "org.springframework.ai.chat.client.ChatClientRequest";
  private static final String CONTEXT_HOLDER =
      "org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder";
  private static final String CONTEXT_VIEW = "reactor.util.context.ContextView";

  private static final String FLUX = "reactor.core.publisher.Flux";
  private static final String TOOL_RESULT = "org.springframework.ai.model.tool.ToolExecutionResult";
  private static final String ENTITY = "org.springframework.http.ResponseEntity";
  private static final String HEADERS = "org.springframework.util.MultiValueMap";

  // The clients with which models of 1.x send.
  private static final String API_OPENAI = "org.springframework.ai.openai.api.OpenAiApi";
  private static final String OPENAI_REQUEST = API_OPENAI + "$ChatCompletionRequest";
  private static final String API_ANTHROPIC = "org.springframework.ai.anthropic.api.AnthropicApi";
  private static final String ANTHROPIC_REQUEST = API_ANTHROPIC + "$ChatCompletionRequest";
  private static final String API_OLLAMA = "org.springframework.ai.ollama.api.OllamaApi";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Void> {
    CHAT(forSubtypes(CHATS + "ChatModel", method("call", CHAT_RESPONSE, PROMPT))),
    STREAM(forSubtypes(CHATS + "ChatModel", method("stream", FLUX, PROMPT)).replacingResult()),
    // In 1.x, this method calls itself after each round of tools. In 2.x, it makes one request.
    ROUND(
        forSubtypes(
                CHATS + "ChatModel", method("internalCall", CHAT_RESPONSE, PROMPT, CHAT_RESPONSE))
            .whereThereIsOne()),
    ROUND_TOOLS(
        forSubtypes(
            "org.springframework.ai.model.tool.ToolCallingManager",
            method("executeToolCalls", TOOL_RESULT, PROMPT, CHAT_RESPONSE))),
    OPENAI_API(
        forClass(API_OPENAI, method("chatCompletionEntity", ENTITY, OPENAI_REQUEST, HEADERS))),
    OPENAI_API_STREAM(
        forClass(API_OPENAI, method("chatCompletionStream", FLUX, OPENAI_REQUEST, HEADERS))
            .replacingResult()),
    ANTHROPIC_API(
        forClass(
            API_ANTHROPIC, method("chatCompletionEntity", ENTITY, ANTHROPIC_REQUEST, HEADERS))),
    ANTHROPIC_API_STREAM(
        forClass(API_ANTHROPIC, method("chatCompletionStream", FLUX, ANTHROPIC_REQUEST, HEADERS))
            .replacingResult()),
    API_ATTEMPT(
        forClass(API_OPENAI, named("chatCompletionEntity"), named("embeddings")),
        forClass(API_ANTHROPIC, named("chatCompletionEntity")),
        forClass(API_OLLAMA, named("chat"), named("embed"))),
    EMBEDDINGS(
        forSubtypes(
            EMBEDDED + "EmbeddingModel",
            method("call", EMBEDDED + "EmbeddingResponse", EMBEDDING_REQUEST))),
    // Embedding models of 1.x show their default model nowhere else before the answer.
    EMBEDDING_MODEL(
        forClass(
            OBSERVED_EMBEDDING, method("embeddingRequest", OBSERVED_EMBEDDING, EMBEDDING_REQUEST))),
    // Each of the two methods calls the other one by default; a callback overrides one of them.
    TOOL(
        forSubtypes(
            CALLBACK, method("call", STRING, STRING), method("call", STRING, STRING, CONTEXT))),
    RUN(
        forClass(
                CLIENT + "$DefaultCallResponseSpec",
                named("content"),
                named("entity"),
                named("responseEntity"),
                named("chatResponse"),
                named("chatClientResponse"))
            .replacingResult()),
    RUN_CONVERSATION(
        forClass(CLIENT + "$DefaultCallResponseSpec", named("doGetObservableChatClientResponse"))),
    RUN_STREAM(
        forClass(
                CLIENT + "$DefaultStreamResponseSpec",
                method("doGetObservableFluxChatResponse", FLUX, CLIENT_REQUEST))
            .replacingResult()),
    // Since 1.1, where tools of a stream run on other threads.
    RUN_CONTEXT(forClass(CONTEXT_HOLDER, method("setContext", "void", CONTEXT_VIEW))),
    RUN_CONTEXT_END(forClass(CONTEXT_HOLDER, method("clearContext", "void")));

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public boolean isForRuns() {
      return switch (this) {
        case RUN, RUN_CONVERSATION, RUN_STREAM, RUN_CONTEXT, RUN_CONTEXT_END -> true;
        default -> false;
      };
    }

    @Override
    public RowHandler handler(Telemetry telemetry, Void nothing) {
      return switch (this) {
        case CHAT -> new LlmCallHandler(new ModelDecoder("chat"), telemetry);
        case STREAM -> {
          ModelDecoder chat = new ModelDecoder("chat");
          yield new LlmFluxHandler(chat, chat, telemetry);
        }
        case ROUND -> new LlmRoundHandler(new ModelDecoder("chat"), telemetry);
        case ROUND_TOOLS -> {
          ModelDecoder chat = new ModelDecoder("chat");
          yield LlmRoundHandler.ofTools(chat, ToolLoopHandler.ofRound(chat, telemetry), telemetry);
        }
        case OPENAI_API -> new LlmCallHandler(new OpenAiApiDecoder(), telemetry);
        case OPENAI_API_STREAM -> {
          OpenAiApiDecoder api = new OpenAiApiDecoder();
          yield new LlmFluxHandler(api, api, telemetry);
        }
        case ANTHROPIC_API -> new LlmCallHandler(new AnthropicApiDecoder(), telemetry);
        case ANTHROPIC_API_STREAM -> {
          AnthropicApiDecoder api = new AnthropicApiDecoder();
          yield new LlmFluxHandler(api, api, telemetry);
        }
        case API_ATTEMPT -> new AttemptHandler();
        case EMBEDDINGS -> new LlmCallHandler(new ModelDecoder("embeddings"), telemetry);
        case EMBEDDING_MODEL -> ModelNameHandler.ofArgument(ModelDecoder::model);
        case TOOL -> new ToolCallHandler(new CallbackDecoder(), telemetry);
        case RUN -> ClientRuns.ofCalls(telemetry);
        case RUN_CONVERSATION -> ClientRuns.conversation();
        case RUN_STREAM -> ClientRuns.ofStreams(telemetry);
        case RUN_CONTEXT, RUN_CONTEXT_END -> new ToolThreads();
      };
    }
  }

  @Override
  public String name() {
    return "spring-ai";
  }

  @Override
  public List<? extends Row<Void>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected Void shared(Telemetry telemetry) {
    return null;
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
}
