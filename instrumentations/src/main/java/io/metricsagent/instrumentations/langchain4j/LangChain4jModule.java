package io.metricsagent.instrumentations.langchain4j;

import static io.metricsagent.instrumentations.rules.MethodTarget.exactly;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.operations.AttemptHandler;
import io.metricsagent.instrumentations.operations.LlmCallHandler;
import io.metricsagent.instrumentations.operations.LlmStreamHandler;
import io.metricsagent.instrumentations.operations.StreamAttemptHandler;
import io.metricsagent.instrumentations.operations.ToolCallHandler;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.List;

/**
 * LangChain4j 1.0.1 and later: chat, streamed chat, embeddings, the HTTP attempts inside them, and
 * tools.
 *
 * <p>{@code doChat} is where providers do the work, but a few override {@code chat} and have no
 * {@code doChat}: both are woven, and the inner layer is part of the outer one. Likewise {@code
 * doEmbed} and {@code embedAll}, whose defaults call each other.
 */
@AutoService(InstrumentationModule.class)
public final class LangChain4jModule implements InstrumentationModule {
  private static final String CORE = "dev.langchain4j.model.";
  private static final String REQUEST = "Ldev/langchain4j/model/chat/request/ChatRequest;";
  private static final String RESPONSE = "Ldev/langchain4j/model/chat/response/ChatResponse;";
  private static final String CALLBACK =
      "Ldev/langchain4j/model/chat/response/StreamingChatResponseHandler;";
  private static final String TOOL_REQUEST = "Ldev/langchain4j/agent/tool/ToolExecutionRequest;";
  private static final String TOOLS = "Ldev/langchain4j/service/tool/";
  private static final String CONTEXT = "Ldev/langchain4j/invocation/InvocationContext;";
  private static final String TOOL_MESSAGE =
      "Ldev/langchain4j/data/message/ToolExecutionResultMessage;";
  private static final String ERROR_HANDLERS =
      TOOLS + "ToolArgumentsErrorHandler;" + TOOLS + "ToolExecutionErrorHandler;";
  private static final String HTTP = "Ldev/langchain4j/http/client/";

  private static final String LOOP_BEFORE_1_4 =
      "("
          + RESPONSE
          + "Ldev/langchain4j/model/chat/request/ChatRequestParameters;Ljava/util/List;Ldev/langchain4j/model/chat/ChatModel;"
          + "Ldev/langchain4j/memory/ChatMemory;Ljava/lang/Object;Ljava/util/Map;)"
          + TOOLS
          + "ToolServiceResult;";

  @Override
  public String name() {
    return "langchain4j";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forSubtypes(
            "chat",
            CORE + "chat.ChatModel",
            exactly("chat", "(" + REQUEST + ")" + RESPONSE),
            exactly("doChat", "(" + REQUEST + ")" + RESPONSE)),
        Rule.forSubtypes(
                "stream",
                CORE + "chat.StreamingChatModel",
                exactly("chat", "(" + REQUEST + CALLBACK + ")V"),
                exactly("doChat", "(" + REQUEST + CALLBACK + ")V"))
            .replacingArgument(1),
        Rule.forSubtypes(
            "embeddings",
            CORE + "embedding.EmbeddingModel",
            exactly("embedAll", "(Ljava/util/List;)Ldev/langchain4j/model/output/Response;"),
            exactly(
                "doEmbed",
                "(Ldev/langchain4j/model/embedding/request/EmbeddingRequest;)"
                    + "Ldev/langchain4j/model/embedding/response/EmbeddingResponse;")),
        Rule.forSubtypes(
            "attempt",
            "dev.langchain4j.http.client.HttpClient",
            exactly("execute", "(" + HTTP + "HttpRequest;)" + HTTP + "SuccessfulHttpResponse;")),
        Rule.forSubtypes(
            "stream-attempt",
            "dev.langchain4j.http.client.HttpClient",
            exactly(
                "execute",
                "("
                    + HTTP
                    + "HttpRequest;"
                    + HTTP
                    + "sse/ServerSentEventParser;"
                    + HTTP
                    + "sse/ServerSentEventListener;)V")),
        // 1.4 and 1.5 have one form, 1.6 and later another. Before, the executors are called
        // directly.
        Rule.forClass(
                "tool",
                "dev.langchain4j.service.tool.ToolService",
                exactly(
                    "executeWithErrorHandling",
                    "("
                        + TOOL_REQUEST
                        + TOOLS
                        + "ToolExecutor;"
                        + CONTEXT
                        + ERROR_HANDLERS
                        + ")"
                        + TOOLS
                        + "ToolExecutionResult;"),
                exactly(
                    "executeWithErrorHandling",
                    "("
                        + TOOL_REQUEST
                        + TOOLS
                        + "ToolExecutor;Ljava/lang/Object;"
                        + ERROR_HANDLERS
                        + ")"
                        + TOOL_MESSAGE))
            .newerThan(exactly("executeInferenceAndToolsLoop", LOOP_BEFORE_1_4)),
        Rule.forClass(
            "unknown-tool",
            "dev.langchain4j.service.tool.ToolService",
            exactly(
                "applyToolHallucinationStrategy",
                "(" + TOOL_REQUEST + ")" + TOOLS + "ToolExecutionResult;"),
            exactly("applyToolHallucinationStrategy", "(" + TOOL_REQUEST + ")" + TOOL_MESSAGE)),
        Rule.forSubtypes(
            "tool-executor",
            "dev.langchain4j.service.tool.ToolExecutor",
            exactly("execute", "(" + TOOL_REQUEST + "Ljava/lang/Object;)Ljava/lang/String;"),
            exactly(
                "executeWithContext",
                "(" + TOOL_REQUEST + CONTEXT + ")" + TOOLS + "ToolExecutionResult;")),
        // Up to 1.5 a tool's exception becomes text right above this method.
        Rule.forClass(
                "tool-method",
                "dev.langchain4j.service.tool.DefaultToolExecutor",
                exactly("execute", "([Ljava/lang/Object;)Ljava/lang/String;"))
            .whereThereIsOne());
  }

  @Override
  public SiteHandler handler(Rule rule, Recording recording) {
    return switch (rule.id()) {
      case "chat" -> new LlmCallHandler(new ChatDecoder(), recording);
      case "stream" ->
          new LlmStreamHandler(new ChatDecoder(), new ResponseHandlerCallback(), recording);
      case "embeddings" -> new LlmCallHandler(new EmbeddingDecoder(), recording);
      case "attempt" -> new AttemptHandler();
      case "stream-attempt" -> new StreamAttemptHandler();
      case "tool", "tool-executor", "tool-method" ->
          new ToolCallHandler(new ToolRequestDecoder(), recording);
      case "unknown-tool" -> new ToolCallHandler(new UnknownToolDecoder(), recording);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
