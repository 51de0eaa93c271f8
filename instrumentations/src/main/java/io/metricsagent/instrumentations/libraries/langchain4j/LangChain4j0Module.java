package io.metricsagent.instrumentations.libraries.langchain4j;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmStreamHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.StreamAttemptHandler;
import java.util.List;

/**
 * The models of LangChain4j 0.x, which are other types than those of 1.x: {@code generate} in all
 * its forms, whole and streamed, and OpenAI's client below. Embeddings and tools have the same
 * types in both and are in {@link LangChain4jModule}.
 */
@AutoService(InstrumentationModule.class)
public final class LangChain4j0Module implements InstrumentationModule {
  private static final String LIST = "java.util.List";
  private static final String MODEL = "dev.langchain4j.model.";
  private static final String CHAT_MODEL = MODEL + "chat.ChatLanguageModel";
  private static final String STREAMING_MODEL = MODEL + "chat.StreamingChatLanguageModel";
  private static final String RESPONSE = MODEL + "output.Response";
  private static final String HANDLER = MODEL + "StreamingResponseHandler";
  private static final String TOOL = "dev.langchain4j.agent.tool.ToolSpecification";
  private static final String OPENAI = "dev.ai4j.openai4j.";

  private LlmStreamHandler streams;

  @Override
  public String name() {
    return "langchain4j-0";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forSubtypes(
            "generate",
            CHAT_MODEL,
            method("generate", RESPONSE, LIST),
            method("generate", RESPONSE, LIST, LIST),
            method("generate", RESPONSE, LIST, TOOL),
            method(
                "chat", MODEL + "chat.response.ChatResponse", MODEL + "chat.request.ChatRequest")),
        Rule.forSubtypes("stream", STREAMING_MODEL, method("generate", "void", LIST, HANDLER))
            .replacingArgument(1),
        Rule.forSubtypes(
                "stream",
                STREAMING_MODEL,
                method("generate", "void", LIST, LIST, HANDLER),
                method("generate", "void", LIST, TOOL, HANDLER))
            .replacingArgument(2),
        Rule.forClass("attempt", OPENAI + "SyncRequestExecutor", named("execute")),
        Rule.forClass("stream-attempt", OPENAI + "StreamingRequestExecutor", named("stream")));
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "LangChain4j 0.x",
            null, // its artifacts are those of later versions
            List.of("0.35.0"),
            "chat and streamed chat (`generate`), embeddings and tools; the model where its class"
                + " tells it; the attempts, where OpenAI's client is below"));
  }

  @Override
  public synchronized SiteHandler handler(Rule rule, Telemetry telemetry) {
    return switch (rule.id()) {
      case "generate" -> new LlmCallHandler(new GenerateDecoder(), telemetry);
      case "stream" -> {
        if (streams == null) { // one for all forms: they call each other
          streams =
              new LlmStreamHandler(
                  new GenerateDecoder(), ResponseHandlerCallback.ofGenerate(), telemetry);
        }
        yield streams;
      }
      case "attempt" -> new AttemptHandler();
      case "stream-attempt" -> new StreamAttemptHandler();
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
