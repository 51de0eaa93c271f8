package io.metricsagent.instrumentations.libraries.langchain4j;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.libraries.shared.langchain4j.TokenStreams;
import io.metricsagent.instrumentations.llm.ContinuedRequest;
import io.metricsagent.instrumentations.llm.LlmAsyncHandler;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmFluxHandler;
import io.metricsagent.instrumentations.llm.LlmPaths;
import io.metricsagent.instrumentations.llm.LlmStreamHandler;
import io.metricsagent.instrumentations.llm.ModelNameHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.StreamedRuns;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.AttemptPaths;
import io.metricsagent.instrumentations.wire.RequestsUnderway;
import io.metricsagent.instrumentations.wire.StreamAttemptHandler;
import java.util.List;

/**
 * LangChain4j 1.0.1 and later: chat, streamed chat, embeddings, the HTTP attempts inside them, and
 * tools.
 *
 * <p>Most providers do the work in {@code doChat}, but a few override {@code chat} and have no
 * {@code doChat}. Both methods are woven, and a call of {@code doChat} within {@code chat} is an
 * inner layer of the same request. The same holds for {@code doEmbed} and {@code embedAll}, whose
 * default implementations call each other, and for {@code embed}, which some providers override.
 *
 * <p>The class is long because it is one table: LangChain4j has more types to weave than any other
 * library, and which layers overlap shows only where all rows stand together.
 */
@AutoService(InstrumentationModule.class)
public final class LangChain4jModule extends RuleTable<StreamingHandles> {
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

  private static final String SERVICES = "dev.langchain4j.service.";
  private static final String STREAMED_ANSWER = SERVICES + "AiServiceStreamingResponseHandler";
  private static final String TOOLS = SERVICES + "tool.";
  private static final String TOOL_SERVICE = TOOLS + "ToolService";
  private static final String EXECUTOR = TOOLS + "ToolExecutor";
  private static final String TOOL_RESULT = TOOLS + "ToolExecutionResult";
  private static final String TOOL_REQUEST = "dev.langchain4j.agent.tool.ToolExecutionRequest";
  private static final String TOOL_MESSAGE =
      "dev.langchain4j.data.message.ToolExecutionResultMessage";
  private static final String ARGUMENTS_HANDLER = TOOLS + "ToolArgumentsErrorHandler";
  private static final String EXECUTION_HANDLER = TOOLS + "ToolExecutionErrorHandler";
  private static final String CONTEXT = "dev.langchain4j.invocation.InvocationContext";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<StreamingHandles> {
    CHAT(
        forSubtypes(
            CHAT_MODEL,
            method("chat", CHAT_RESPONSE, CHAT_REQUEST),
            method("doChat", CHAT_RESPONSE, CHAT_REQUEST))),
    STREAM(
        forSubtypes(
                MODEL + "chat.StreamingChatModel",
                method("chat", "void", CHAT_REQUEST, STREAM_HANDLER),
                method("doChat", "void", CHAT_REQUEST, STREAM_HANDLER))
            .replacingArgument(1)),
    // All methods that return a future or a publisher exist from 1.20 on.
    CHAT_ASYNC(
        forSubtypes(
                CHAT_MODEL,
                method("chatAsync", FUTURE, CHAT_REQUEST),
                method("chatAsync", FUTURE, CHAT_REQUEST, MODEL + "chat.ChatRequestOptions"),
                method("doChatAsync", FUTURE, CHAT_REQUEST))
            .replacingResult()
            .whereThereIsOne()),
    STREAM_PUBLISHER(
        forSubtypes(
                MODEL + "chat.StreamingChatModel",
                method("chat", PUBLISHER, CHAT_REQUEST),
                method("doChat", PUBLISHER, CHAT_REQUEST))
            .replacingResult()
            .whereThereIsOne()),
    STREAM_CANCEL(forSubtypes(MODEL + "chat.response.StreamingHandle", method("cancel", "void"))),
    EMBEDDINGS(
        forSubtypes(
            MODEL + "embedding.EmbeddingModel",
            method("embed", RESPONSE, STRING),
            method("embed", RESPONSE, "dev.langchain4j.data.segment.TextSegment"),
            method("embedAll", RESPONSE, LIST),
            method("doEmbed", EMBEDDING_RESPONSE, EMBEDDING_REQUEST))),
    EMBEDDINGS_ASYNC(
        forSubtypes(
                MODEL + "embedding.EmbeddingModel",
                method("embedAsync", FUTURE, EMBEDDING_REQUEST),
                method("doEmbedAsync", FUTURE, EMBEDDING_REQUEST))
            .replacingResult()
            .whereThereIsOne()),
    ATTEMPT(
        forSubtypes(
            HTTP + "HttpClient", method("execute", HTTP + "SuccessfulHttpResponse", HTTP_REQUEST)),
        forClass("com.google.api.gax.rpc.UnaryCallable", method("call", OBJECT, OBJECT))
            .usedBy(CHAT_MODEL)),
    ATTEMPT_ASYNC(
        forSubtypes(HTTP + "HttpClient", method("executeAsync", FUTURE, HTTP_REQUEST))
            .replacingResult()
            .whereThereIsOne()),
    ATTEMPTS_ASYNC(
        forClass("dev.langchain4j.internal.RetryUtils", named("withRetryMappingExceptionsAsync"))
            .replacingArgument(0)
            .whereThereIsOne()),
    AZURE_ATTEMPT(
        forSubtypes(
                AZURE_HTTP + "HttpClient",
                method(
                    "sendSync",
                    AZURE_HTTP + "HttpResponse",
                    AZURE_HTTP + "HttpRequest",
                    AZURE_CONTEXT))
            .usedBy(CHAT_MODEL)),
    STREAM_ATTEMPT(
        forSubtypes(
                HTTP + "HttpClient",
                method("stream", PUBLISHER, HTTP_REQUEST, HTTP + "sse.ServerSentEventParser"))
            .whereThereIsOne(),
        forSubtypes(
            HTTP + "HttpClient",
            method(
                "execute",
                "void",
                HTTP_REQUEST,
                HTTP + "sse.ServerSentEventParser",
                HTTP + "sse.ServerSentEventListener")),
        forSubtypes(
                AZURE_HTTP + "HttpClient",
                method(
                    "send",
                    "reactor.core.publisher.Mono",
                    AZURE_HTTP + "HttpRequest",
                    AZURE_CONTEXT))
            .usedBy(CHAT_MODEL)),
    // The model of Vertex AI has no getter for its name, but this class below it has the name.
    MODEL_NAME(
        forClass(
                "com.google.cloud.vertexai.generativeai.GenerativeModel",
                method("getModelName", STRING))
            .usedBy(CHAT_MODEL)),
    // Azure's embedding model has no getter for its name either.
    AZURE_DEPLOYMENT(
        forClass(
                AZURE_OPENAI + "OpenAIClient",
                method(
                    "getEmbeddings",
                    AZURE_OPENAI + "models.Embeddings",
                    STRING,
                    AZURE_OPENAI + "models.EmbeddingsOptions"))
            .usedBy(CHAT_MODEL)),
    // The method of 1.4 and 1.5, and that of later versions. Before 1.4, executors are called
    // directly.
    TOOL(
        forClass(
                TOOL_SERVICE,
                method(
                    "executeWithErrorHandling",
                    TOOL_RESULT,
                    TOOL_REQUEST,
                    EXECUTOR,
                    CONTEXT,
                    ARGUMENTS_HANDLER,
                    EXECUTION_HANDLER),
                method(
                    "executeWithErrorHandling",
                    TOOL_MESSAGE,
                    TOOL_REQUEST,
                    EXECUTOR,
                    OBJECT,
                    ARGUMENTS_HANDLER,
                    EXECUTION_HANDLER))
            .newerThan(
                method(
                    "executeInferenceAndToolsLoop",
                    TOOLS + "ToolServiceResult",
                    CHAT_RESPONSE,
                    CHAT_PARAMETERS,
                    LIST,
                    CHAT_MODEL,
                    "dev.langchain4j.memory.ChatMemory",
                    OBJECT,
                    "java.util.Map"))),
    TOOL_LOOP(
        forClass(TOOL_SERVICE, named("executeInferenceAndToolsLoop")),
        forClass(STREAMED_ANSWER, method("onCompleteResponse", "void", CHAT_RESPONSE))),
    UNKNOWN_TOOL(
        forClass(
            TOOL_SERVICE,
            method("applyToolHallucinationStrategy", TOOL_RESULT, TOOL_REQUEST),
            method("applyToolHallucinationStrategy", TOOL_MESSAGE, TOOL_REQUEST))),
    TOOL_EXECUTOR(
        forSubtypes(
            EXECUTOR,
            method("execute", STRING, TOOL_REQUEST, OBJECT),
            method("executeWithContext", TOOL_RESULT, TOOL_REQUEST, CONTEXT))),
    // The caller of this method turns a tool's exception into text: up to 1.5 always, and in later
    // versions unless it was told to pass the exception on.
    TOOL_METHOD(
        forClass(
                TOOLS + "DefaultToolExecutor",
                method("execute", STRING, OBJECT + "[]"),
                method("execute", TOOL_RESULT, OBJECT + "[]"))
            .whereThereIsOne()),
    RUN(
        forClass(
                SERVICES + "DefaultAiServices$1",
                method("invoke", OBJECT, OBJECT, "java.lang.reflect.Method", OBJECT + "[]"))
            .replacingResult()),
    STREAMED_RUN(forClass(SERVICES + "AiServiceTokenStream", method("start", "void"))),
    STREAMED_ROUND(forClass(STREAMED_ANSWER, method("onCompleteResponse", "void", CHAT_RESPONSE))),
    STREAMED_ERROR(forClass(STREAMED_ANSWER, method("onError", "void", "java.lang.Throwable"))),
    // Since 1.6.
    RUN_CONTEXT(forClass(CONTEXT + "$Builder", named("build")).whereThereIsOne());

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
        case RUN, STREAMED_RUN, STREAMED_ROUND, STREAMED_ERROR, RUN_CONTEXT -> true;
        default -> false;
      };
    }

    @Override
    public RowHandler handler(Telemetry telemetry, StreamingHandles handles) {
      return switch (this) {
        case CHAT -> new LlmCallHandler(chats(), telemetry);
        case STREAM ->
            new LlmStreamHandler(chats(), new ResponseHandlerCallback(handles), telemetry);
        case CHAT_ASYNC -> new LlmAsyncHandler(chats(), AsyncModels::isRouter, telemetry);
        case STREAM_PUBLISHER -> new LlmFluxHandler(chats(), new StreamingEvents(), telemetry);
        case STREAM_CANCEL -> handles;
        case EMBEDDINGS -> new LlmCallHandler(embeddings(), telemetry);
        case EMBEDDINGS_ASYNC ->
            new LlmAsyncHandler(embeddings(), AsyncModels::isRouter, telemetry);
        case ATTEMPT -> new AttemptHandler();
        case ATTEMPT_ASYNC ->
            new AttemptHandler(
                AttemptPaths.statusAt("statusCode()").decorator("LoggingHttpClient"),
                new RequestsUnderway());
        case ATTEMPTS_ASYNC -> new ContinuedRequest();
        case AZURE_ATTEMPT ->
            new AttemptHandler(AttemptPaths.statusAt("getStatusCode()"), new RequestsUnderway());
        case STREAM_ATTEMPT -> new StreamAttemptHandler();
        case MODEL_NAME -> ModelNameHandler.ofResult();
        case AZURE_DEPLOYMENT -> ModelNameHandler.ofArgument(String.class::cast);
        case TOOL, TOOL_EXECUTOR, TOOL_METHOD ->
            new ToolCallHandler(new ToolRequestDecoder(), telemetry);
        case TOOL_LOOP -> ToolLoopHandler.afterAnswer();
        case UNKNOWN_TOOL -> new ToolCallHandler(new UnknownToolDecoder(), telemetry);
        case RUN -> ServiceRuns.handler(telemetry);
        case STREAMED_RUN -> TokenStreams.start(telemetry);
        case STREAMED_ROUND -> TokenStreams.round(telemetry);
        case STREAMED_ERROR -> new StreamedRuns(telemetry).error();
        case RUN_CONTEXT -> new InvocationContextHandler();
      };
    }
  }

  /**
   * The exception that the default methods with a future or a publisher throw, without asking a
   * model.
   */
  private static final String NOT_SUPPORTED =
      "dev.langchain4j.exception.AsyncNotSupportedException";

  /**
   * Returns the decoder for {@code ChatRequest}, {@code ChatResponse} and the providers' {@code
   * TokenUsage}s.
   */
  private static LlmPaths chats() {
    return LlmPaths.of("chat", new Providers("provider()"), new Usage("tokenUsage()"))
        .requestModelAt("parameters().modelName()")
        .clientModelAt("defaultRequestParameters().modelName()")
        .responseModelAt("metadata().modelName()")
        .notAsked(NOT_SUPPORTED);
  }

  /**
   * Returns the decoder for {@code Response}, of one embedding or several, and {@code
   * EmbeddingResponse}, which exists from 1.18 on. The default implementation of {@code
   * EmbeddingModel.modelName()} returns the word "unknown".
   */
  private static LlmPaths embeddings() {
    return LlmPaths.of(
            "embeddings",
            new Providers("provider()"),
            new Usage("tokenUsage()", "metadata().tokenUsage()"))
        .requestModelAt("parameters().modelName()")
        .clientModelAt("modelName()")
        .responseModelAt("metadata().modelName()")
        .placeholder("unknown")
        .notAsked(NOT_SUPPORTED);
  }

  @Override
  public String name() {
    return "langchain4j";
  }

  @Override
  public List<? extends Row<StreamingHandles>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected StreamingHandles shared(Telemetry telemetry) {
    return new StreamingHandles(telemetry.events());
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
}
