package io.metricsagent.instrumentations.libraries.langchain4j;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmPaths;
import io.metricsagent.instrumentations.llm.LlmStreamHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.StreamAttemptHandler;
import java.util.List;

/**
 * The chat models of LangChain4j 0.x, whose types differ from those of 1.x: all overloads of {@code
 * generate}, with whole and streamed answers, and OpenAI's client below them. Embeddings and tools
 * have the same types in 0.x and 1.x and are in {@link LangChain4jModule}.
 */
@AutoService(InstrumentationModule.class)
public final class LangChain4j0Module extends RuleTable<LlmStreamHandler> {
  private static final String LIST = "java.util.List";
  private static final String MODEL = "dev.langchain4j.model.";
  private static final String CHAT_MODEL = MODEL + "chat.ChatLanguageModel";
  private static final String STREAMING_MODEL = MODEL + "chat.StreamingChatLanguageModel";
  private static final String RESPONSE = MODEL + "output.Response";
  private static final String HANDLER = MODEL + "StreamingResponseHandler";
  private static final String TOOL = "dev.langchain4j.agent.tool.ToolSpecification";
  private static final String OPENAI = "dev.ai4j.openai4j.";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<LlmStreamHandler> {
    GENERATE(
        forSubtypes(
            CHAT_MODEL,
            method("generate", RESPONSE, LIST),
            method("generate", RESPONSE, LIST, LIST),
            method("generate", RESPONSE, LIST, TOOL),
            method(
                "chat", MODEL + "chat.response.ChatResponse", MODEL + "chat.request.ChatRequest"))),
    STREAM(
        forSubtypes(STREAMING_MODEL, method("generate", "void", LIST, HANDLER))
            .replacingArgument(1),
        forSubtypes(
                STREAMING_MODEL,
                method("generate", "void", LIST, LIST, HANDLER),
                method("generate", "void", LIST, TOOL, HANDLER))
            .replacingArgument(2)),
    ATTEMPT(forClass(OPENAI + "SyncRequestExecutor", named("execute"))),
    STREAM_ATTEMPT(forClass(OPENAI + "StreamingRequestExecutor", named("stream")));

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, LlmStreamHandler streams) {
      return switch (this) {
        case GENERATE -> new LlmCallHandler(generating(), telemetry);
        case STREAM -> streams; // one handler for both rules, because the methods call each other
        case ATTEMPT -> new AttemptHandler();
        case STREAM_ATTEMPT -> new StreamAttemptHandler();
      };
    }
  }

  /**
   * Returns the decoder for {@code generate}. Requests are lists of messages, and neither requests
   * nor answers name a model; some model classes have a getter for the name.
   */
  private static LlmPaths generating() {
    return LlmPaths.of("chat", new Providers(), new Usage("tokenUsage()"))
        .clientModelAt("modelName()");
  }

  @Override
  public String name() {
    return "langchain4j-0";
  }

  @Override
  public List<? extends Row<LlmStreamHandler>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected LlmStreamHandler shared(Telemetry telemetry) {
    return new LlmStreamHandler(
        generating(), ResponseHandlerCallback.ofGenerate(telemetry), telemetry);
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "LangChain4j 0.x",
            null, // the rows of 1.x have its artifact
            List.of("0.35.0"),
            "chat and streamed chat (`generate`), embeddings and tools; the model where its class"
                + " tells it; the attempts, where OpenAI's client is below"));
  }
}
