package io.metricsagent.instrumentations.libraries.googlegenai;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmResultHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.wire.OkHttpAttempts;
import io.metricsagent.instrumentations.wire.RoundTripHandler;
import java.util.List;

/**
 * google-genai 1.x: content, streamed content and embeddings, blocking and asynchronous, the HTTP
 * attempts inside them, and the functions that it calls for a model.
 *
 * <p>The methods behind the public ones are woven: those loop over requests as long as the model
 * asks for functions, and each is a request of its own. The oldest asynchronous methods run the
 * blocking ones on another thread.
 */
@AutoService(InstrumentationModule.class)
public final class GoogleGenAiModule implements InstrumentationModule {
  private static final String SDK = "com.google.genai.";
  private static final String CONFIG = SDK + "types.GenerateContentConfig";
  private static final String RESPONSE = SDK + "types.GenerateContentResponse";
  private static final String STREAM = SDK + "ResponseStream";
  private static final String ITERATOR = STREAM + "$ResponseStreamIterator";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";
  private static final String STRING = "java.lang.String";
  private static final String LIST = "java.util.List";

  private final ContentDecoder content = new ContentDecoder("chat");
  private final ResponseStreams streams = new ResponseStreams(content);
  private final OkHttpAttempts attempts = new OkHttpAttempts();

  @Override
  public String name() {
    return "google-genai";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forClass(
            "content",
            SDK + "Models",
            method("privateGenerateContent", RESPONSE, STRING, LIST, CONFIG)),
        Rule.forClass(
                "content",
                SDK + "AsyncModels",
                method("privateGenerateContent", FUTURE, STRING, LIST, CONFIG))
            .replacingResult()
            .whereThereIsOne(),
        Rule.forClass(
                "content-stream",
                SDK + "Models",
                method("privateGenerateContentStream", STREAM, STRING, LIST, CONFIG))
            .replacingResult(),
        Rule.forClass(
                "content-stream",
                SDK + "AsyncModels",
                method("privateGenerateContentStream", FUTURE, STRING, LIST, CONFIG))
            .replacingResult()
            .whereThereIsOne(),
        // With other parameters from version to version.
        Rule.forClass("embeddings", SDK + "Models", named("privateEmbedContent")),
        Rule.forClass("embeddings", SDK + "AsyncModels", named("privateEmbedContent"))
            .whereThereIsOne(),
        Rule.forClass("waiting", ITERATOR, method("readNextJson", STRING)),
        Rule.forClass("next", ITERATOR, method("next", SDK + "JsonSerializable")),
        Rule.forClass("more", ITERATOR, method("hasNext", "boolean")),
        Rule.forClass("closed", STREAM, method("close", "void")),
        Rule.forClass(
                "exchange",
                SDK + "HttpApiClient",
                named("executeRequest"),
                named("asyncExecuteRequest"))
            .replacingResult(),
        // The first versions had another HTTP client and did not retry.
        Rule.forClass("built", SDK + "ApiClient", named("buildRequest")).whereThereIsOne(),
        Rule.forClass("retries", SDK + "RetryInterceptor", named("intercept")).replacingArgument(0),
        Rule.forClass("body", "okhttp3.ResponseBody", method("string", STRING))
            .usedBy(SDK + "Models"),
        Rule.forClass("function", SDK + "AfcUtil", named("getFunctionResponse")).whereThereIsOne());
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

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    return switch (rule.id()) {
      case "content" -> LlmCallHandler.replacingFutures(content, telemetry);
      case "content-stream" -> new LlmResultHandler(content, streams, true, telemetry);
      case "embeddings" -> new LlmCallHandler(new ContentDecoder("embeddings"), telemetry);
      case "waiting" -> streams.waiting();
      case "next" -> streams.next();
      case "more" -> streams.more();
      case "closed" -> streams.closed();
      case "exchange" -> new RoundTripHandler();
      case "built" -> attempts.built(content);
      case "retries" -> attempts.interceptor();
      case "body" -> attempts.body();
      case "function" -> new ToolCallHandler(new FunctionDecoder(), telemetry);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
