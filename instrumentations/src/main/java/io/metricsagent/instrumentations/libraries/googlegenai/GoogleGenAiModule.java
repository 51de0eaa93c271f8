package io.metricsagent.instrumentations.libraries.googlegenai;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmResultHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPaths;
import io.metricsagent.instrumentations.wire.OkHttpAttempts;
import io.metricsagent.instrumentations.wire.RoundTripHandler;
import java.util.List;

/**
 * google-genai 1.x: content, streamed content and embeddings, blocking and asynchronous, the HTTP
 * attempts inside them, and the functions that the client calls for a model.
 *
 * <p>The rules weave the private methods behind the public ones. The public methods make requests
 * as long as the model asks for functions, and each of these is a request of its own. The oldest
 * asynchronous methods run the blocking ones on another thread.
 */
@AutoService(InstrumentationModule.class)
public final class GoogleGenAiModule extends RuleTable<GoogleGenAiModule.Shared> {
  private static final String SDK = "com.google.genai.";
  private static final String CONFIG = SDK + "types.GenerateContentConfig";
  private static final String RESPONSE = SDK + "types.GenerateContentResponse";
  private static final String STREAM = SDK + "ResponseStream";
  private static final String ITERATOR = STREAM + "$ResponseStreamIterator";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";
  private static final String STRING = "java.lang.String";
  private static final String LIST = "java.util.List";

  /**
   * What the handlers share.
   *
   * @param streams the streams under way
   * @param attempts the requests that OkHttp sends
   */
  record Shared(ContentDecoder content, ResponseStreams streams, OkHttpAttempts attempts) {
    static Shared make() {
      ContentDecoder content = new ContentDecoder("chat");
      return new Shared(content, new ResponseStreams(content), new OkHttpAttempts());
    }
  }

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Shared> {
    CONTENT(
        forClass(SDK + "Models", method("privateGenerateContent", RESPONSE, STRING, LIST, CONFIG)),
        forClass(
                SDK + "AsyncModels", method("privateGenerateContent", FUTURE, STRING, LIST, CONFIG))
            .replacingResult()
            .whereThereIsOne()),
    CONTENT_STREAM(
        forClass(
                SDK + "Models",
                method("privateGenerateContentStream", STREAM, STRING, LIST, CONFIG))
            .replacingResult(),
        forClass(
                SDK + "AsyncModels",
                method("privateGenerateContentStream", FUTURE, STRING, LIST, CONFIG))
            .replacingResult()
            .whereThereIsOne()),
    // The parameters of these methods differ from version to version.
    EMBEDDINGS(
        forClass(SDK + "Models", named("privateEmbedContent")),
        forClass(SDK + "AsyncModels", named("privateEmbedContent")).whereThereIsOne()),
    WAITING(forClass(ITERATOR, method("readNextJson", STRING))),
    NEXT(forClass(ITERATOR, method("next", SDK + "JsonSerializable"))),
    MORE(forClass(ITERATOR, method("hasNext", "boolean"))),
    CLOSED(forClass(STREAM, method("close", "void"))),
    EXCHANGE(
        forClass(SDK + "HttpApiClient", named("executeRequest"), named("asyncExecuteRequest"))
            .replacingResult()),
    // The first versions use another HTTP client and do not retry.
    BUILT(forClass(SDK + "ApiClient", named("buildRequest")).whereThereIsOne()),
    RETRIES(forClass(SDK + "RetryInterceptor", named("intercept")).replacingArgument(0)),
    BODY(forClass("okhttp3.ResponseBody", method("string", STRING)).usedBy(SDK + "Models")),
    FUNCTION(forClass(SDK + "AfcUtil", named("getFunctionResponse")).whereThereIsOne());

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, Shared shared) {
      return switch (this) {
        case CONTENT -> LlmCallHandler.replacingFutures(shared.content, telemetry);
        case CONTENT_STREAM ->
            new LlmResultHandler(shared.content, shared.streams, true, telemetry);
        case EMBEDDINGS -> new LlmCallHandler(new ContentDecoder("embeddings"), telemetry);
        case WAITING -> shared.streams.waiting();
        case NEXT -> shared.streams.next();
        case MORE -> shared.streams.more();
        case CLOSED -> shared.streams.closed();
        case EXCHANGE -> new RoundTripHandler();
        case BUILT -> shared.attempts.built(shared.content);
        case RETRIES -> shared.attempts.interceptor();
        case BODY -> shared.attempts.body();
        // The exception of a function ends the request.
        case FUNCTION -> new ToolCallHandler(ToolPaths.nameAt("getName()"), telemetry);
      };
    }
  }

  @Override
  public String name() {
    return "google-genai";
  }

  @Override
  public List<? extends Row<Shared>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected Shared shared(Telemetry telemetry) {
    return Shared.make();
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "google-genai",
            "com.google.genai:google-genai",
            List.of("1.0.0", "1.70.0", "2.3.0"),
            "content, streamed content and embeddings of Gemini; blocking and asynchronous; the"
                + " attempts inside them; each request of a loop that calls functions, and the"
                + " functions"));
  }
}
