package io.metricsagent.instrumentations.libraries.langchain4j;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.ContinuedRequest;
import io.metricsagent.instrumentations.llm.LlmAsyncHandler;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmFluxHandler;
import io.metricsagent.instrumentations.llm.LlmStreamHandler;
import io.metricsagent.instrumentations.llm.ModelNameHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.RequestsUnderway;
import io.metricsagent.instrumentations.wire.StreamAttemptHandler;
import java.util.List;

/**
 * LangChain4j 1.0.1 and later: chat, streamed chat, embeddings, the HTTP attempts inside them, and
 * tools.
 *
 * <p>{@code doChat} is where providers do the work, but a few override {@code chat} and have no
 * {@code doChat}: both are woven, and the inner layer is part of the outer one. Likewise {@code
 * doEmbed} and {@code embedAll}, whose defaults call each other, and {@code embed}, which some
 * providers override.
 */
@AutoService(InstrumentationModule.class)
public final class LangChain4jModule implements InstrumentationModule {
  private static final String LIST = "java.util.List";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";
  private static final String PUBLISHER = "java.util.concurrent.Flow$Publisher";
  private static final String OBJECT = "java.lang.Object";
  private static final String STRING = "java.lang.String";

  private static final String MODEL = "dev.langchain4j.model.";
  private static final String CHAT_MODEL = MODEL + "chat.ChatModel";
  private static final String CHAT_REQUEST = MODEL + "chat.request.ChatRequest";
  private static final String CHAT_PARAMETERS = MODEL + "chat.request.ChatRequestParameters";
  private static final String CHAT_RESPONSE = MODEL + "chat.response.ChatResponse";
  private static final String STREAM_HANDLER = MODEL + "chat.response.StreamingChatResponseHandler";
  private static final String RESPONSE = MODEL + "output.Response";
  private static final String EMBEDDING_REQUEST = MODEL + "embedding.request.EmbeddingRequest";
  private static final String EMBEDDING_RESPONSE = MODEL + "embedding.response.EmbeddingResponse";

  private static final String HTTP = "dev.langchain4j.http.client.";
  private static final String HTTP_REQUEST = HTTP + "HttpRequest";

  private static final String AZURE_OPENAI = "com.azure.ai.openai.";
  private static final String AZURE_HTTP = "com.azure.core.http.";
  private static final String AZURE_CONTEXT = "com.azure.core.util.Context";

  private static final String TOOL = "dev.langchain4j.service.tool.";
  private static final String TOOL_SERVICE = TOOL + "ToolService";
  private static final String TOOL_EXECUTOR = TOOL + "ToolExecutor";
  private static final String TOOL_RESULT = TOOL + "ToolExecutionResult";
  private static final String TOOL_REQUEST = "dev.langchain4j.agent.tool.ToolExecutionRequest";
  private static final String TOOL_MESSAGE =
      "dev.langchain4j.data.message.ToolExecutionResultMessage";
  private static final String ARGUMENTS_HANDLER = TOOL + "ToolArgumentsErrorHandler";
  private static final String EXECUTION_HANDLER = TOOL + "ToolExecutionErrorHandler";
  private static final String CONTEXT = "dev.langchain4j.invocation.InvocationContext";

  private final StreamingHandles handles = new StreamingHandles();

  @Override
  public String name() {
    return "langchain4j";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forSubtypes(
            "chat",
            CHAT_MODEL,
            method("chat", CHAT_RESPONSE, CHAT_REQUEST),
            method("doChat", CHAT_RESPONSE, CHAT_REQUEST)),
        Rule.forSubtypes(
                "stream",
                MODEL + "chat.StreamingChatModel",
                method("chat", "void", CHAT_REQUEST, STREAM_HANDLER),
                method("doChat", "void", CHAT_REQUEST, STREAM_HANDLER))
            .replacingArgument(1),
        // From 1.20 on, as are all that answer by a future or a publisher.
        Rule.forSubtypes(
                "chat-async",
                CHAT_MODEL,
                method("chatAsync", FUTURE, CHAT_REQUEST),
                method("chatAsync", FUTURE, CHAT_REQUEST, MODEL + "chat.ChatRequestOptions"),
                method("doChatAsync", FUTURE, CHAT_REQUEST))
            .replacingResult()
            .whereThereIsOne(),
        Rule.forSubtypes(
                "stream-publisher",
                MODEL + "chat.StreamingChatModel",
                method("chat", PUBLISHER, CHAT_REQUEST),
                method("doChat", PUBLISHER, CHAT_REQUEST))
            .replacingResult()
            .whereThereIsOne(),
        Rule.forSubtypes(
            "stream-cancel", MODEL + "chat.response.StreamingHandle", method("cancel", "void")),
        Rule.forSubtypes(
            "embeddings",
            MODEL + "embedding.EmbeddingModel",
            method("embed", RESPONSE, STRING),
            method("embed", RESPONSE, "dev.langchain4j.data.segment.TextSegment"),
            method("embedAll", RESPONSE, LIST),
            method("doEmbed", EMBEDDING_RESPONSE, EMBEDDING_REQUEST)),
        Rule.forSubtypes(
                "embeddings-async",
                MODEL + "embedding.EmbeddingModel",
                method("embedAsync", FUTURE, EMBEDDING_REQUEST),
                method("doEmbedAsync", FUTURE, EMBEDDING_REQUEST))
            .replacingResult()
            .whereThereIsOne(),
        Rule.forSubtypes(
            "attempt",
            HTTP + "HttpClient",
            method("execute", HTTP + "SuccessfulHttpResponse", HTTP_REQUEST)),
        Rule.forSubtypes(
                "attempt-async", HTTP + "HttpClient", method("executeAsync", FUTURE, HTTP_REQUEST))
            .replacingResult()
            .whereThereIsOne(),
        Rule.forClass(
                "attempts-async",
                "dev.langchain4j.internal.RetryUtils",
                named("withRetryMappingExceptionsAsync"))
            .replacingArgument(0)
            .whereThereIsOne(),
        Rule.forSubtypes(
                "stream-attempt",
                HTTP + "HttpClient",
                method("stream", PUBLISHER, HTTP_REQUEST, HTTP + "sse.ServerSentEventParser"))
            .whereThereIsOne(),
        Rule.forSubtypes(
            "stream-attempt",
            HTTP + "HttpClient",
            method(
                "execute",
                "void",
                HTTP_REQUEST,
                HTTP + "sse.ServerSentEventParser",
                HTTP + "sse.ServerSentEventListener")),
        // Below the model of Vertex AI, which does not tell its name.
        Rule.forClass(
                "model-name",
                "com.google.cloud.vertexai.generativeai.GenerativeModel",
                method("getModelName", STRING))
            .usedBy(CHAT_MODEL),
        // Nor does that of Azure's embeddings.
        Rule.forClass(
                "azure-deployment",
                AZURE_OPENAI + "OpenAIClient",
                method(
                    "getEmbeddings",
                    AZURE_OPENAI + "models.Embeddings",
                    STRING,
                    AZURE_OPENAI + "models.EmbeddingsOptions"))
            .usedBy(CHAT_MODEL),
        Rule.forClass(
                "attempt", "com.google.api.gax.rpc.UnaryCallable", method("call", OBJECT, OBJECT))
            .usedBy(CHAT_MODEL),
        Rule.forSubtypes(
                "azure-attempt",
                AZURE_HTTP + "HttpClient",
                method(
                    "sendSync",
                    AZURE_HTTP + "HttpResponse",
                    AZURE_HTTP + "HttpRequest",
                    AZURE_CONTEXT))
            .usedBy(CHAT_MODEL),
        Rule.forSubtypes(
                "stream-attempt",
                AZURE_HTTP + "HttpClient",
                method(
                    "send",
                    "reactor.core.publisher.Mono",
                    AZURE_HTTP + "HttpRequest",
                    AZURE_CONTEXT))
            .usedBy(CHAT_MODEL),
        // 1.4 and 1.5 have one form, 1.6 and later another. Before, the executors are called
        // directly.
        Rule.forClass(
                "tool",
                TOOL_SERVICE,
                method(
                    "executeWithErrorHandling",
                    TOOL_RESULT,
                    TOOL_REQUEST,
                    TOOL_EXECUTOR,
                    CONTEXT,
                    ARGUMENTS_HANDLER,
                    EXECUTION_HANDLER),
                method(
                    "executeWithErrorHandling",
                    TOOL_MESSAGE,
                    TOOL_REQUEST,
                    TOOL_EXECUTOR,
                    OBJECT,
                    ARGUMENTS_HANDLER,
                    EXECUTION_HANDLER))
            .newerThan(
                method(
                    "executeInferenceAndToolsLoop",
                    TOOL + "ToolServiceResult",
                    CHAT_RESPONSE,
                    CHAT_PARAMETERS,
                    LIST,
                    CHAT_MODEL,
                    "dev.langchain4j.memory.ChatMemory",
                    OBJECT,
                    "java.util.Map")),
        Rule.forClass("tool-loop", TOOL_SERVICE, named("executeInferenceAndToolsLoop")),
        Rule.forClass(
            "tool-loop",
            "dev.langchain4j.service.AiServiceStreamingResponseHandler",
            method("onCompleteResponse", "void", CHAT_RESPONSE)),
        Rule.forClass(
            "unknown-tool",
            TOOL_SERVICE,
            method("applyToolHallucinationStrategy", TOOL_RESULT, TOOL_REQUEST),
            method("applyToolHallucinationStrategy", TOOL_MESSAGE, TOOL_REQUEST)),
        Rule.forSubtypes(
            "tool-executor",
            TOOL_EXECUTOR,
            method("execute", STRING, TOOL_REQUEST, OBJECT),
            method("executeWithContext", TOOL_RESULT, TOOL_REQUEST, CONTEXT)),
        // Up to 1.5 a tool's exception becomes text right above this method, and later where nobody
        // asked for it.
        Rule.forClass(
                "tool-method",
                TOOL + "DefaultToolExecutor",
                method("execute", STRING, OBJECT + "[]"),
                method("execute", TOOL_RESULT, OBJECT + "[]"))
            .whereThereIsOne());
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "LangChain4j",
            "dev.langchain4j:langchain4j",
            List.of("1.0.1", "1.11.0", "1.19.0"),
            "chat, streamed chat, embeddings, with whatever model is below (tests: OpenAI by both"
                + " of its clients and by Azure's, Anthropic, Bedrock, Gemini, Ollama, Vertex AI,"
                + " and a model over google-genai); streams that are cancelled; the HTTP"
                + " attempts inside them (render, call and parse phases, 429s, back-off); tools,"
                + " also where their exceptions become text for the model; the time that the tools"
                + " of an answer took"),
        new Coverage(
            "LangChain4j, asynchronous",
            "dev.langchain4j:langchain4j-core",
            List.of("1.23.0"),
            "chat and embeddings by a future, streamed chat by a publisher (each subscription is a"
                + " request), in models of the application's own, as no provider's has them yet;"
                + " cancelled ones; the HTTP attempts inside them; the library's routers"));
  }

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    return switch (rule.id()) {
      case "chat" -> new LlmCallHandler(new ChatDecoder(), telemetry);
      case "stream" ->
          new LlmStreamHandler(new ChatDecoder(), new ResponseHandlerCallback(handles), telemetry);
      case "chat-async" -> new LlmAsyncHandler(new ChatDecoder(), AsyncModels::isRouter, telemetry);
      case "stream-publisher" ->
          new LlmFluxHandler(new ChatDecoder(), new StreamingEvents(), telemetry);
      case "stream-cancel" -> handles;
      case "embeddings" -> new LlmCallHandler(new EmbeddingDecoder(), telemetry);
      case "embeddings-async" ->
          new LlmAsyncHandler(new EmbeddingDecoder(), AsyncModels::isRouter, telemetry);
      case "attempt" -> new AttemptHandler();
      case "attempt-async" -> new AttemptHandler(new HttpAttempts(), new RequestsUnderway());
      case "attempts-async" -> new ContinuedRequest();
      case "model-name" -> ModelNameHandler.ofResult();
      case "azure-deployment" -> ModelNameHandler.ofArgument(String.class::cast);
      case "azure-attempt" -> new AttemptHandler(new AzureAttempts(), new RequestsUnderway());
      case "stream-attempt" -> new StreamAttemptHandler();
      case "tool", "tool-executor", "tool-method" ->
          new ToolCallHandler(new ToolRequestDecoder(), telemetry);
      case "tool-loop" -> ToolLoopHandler.afterAnswer();
      case "unknown-tool" -> new ToolCallHandler(new UnknownToolDecoder(), telemetry);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
