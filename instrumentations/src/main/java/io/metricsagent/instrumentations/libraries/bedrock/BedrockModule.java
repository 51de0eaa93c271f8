package io.metricsagent.instrumentations.libraries.bedrock;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmStreamHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.AttemptPaths;
import io.metricsagent.instrumentations.wire.OptionsHandler;
import io.metricsagent.instrumentations.wire.RequestsUnderway;
import java.util.List;

/**
 * Amazon Bedrock's runtime client in the AWS SDK 2: {@code converse} and {@code invokeModel},
 * blocking and asynchronous, whole and streamed, and the HTTP attempts inside them.
 *
 * <p>All AWS services use the stages that make attempts; calls of a stage outside a request to a
 * model are not measured.
 */
@AutoService(InstrumentationModule.class)
public final class BedrockModule extends RuleTable<RequestsUnderway> {
  private static final String SDK = "software.amazon.awssdk.";
  private static final String BEDROCK = SDK + "services.bedrockruntime.";
  private static final String MODEL = BEDROCK + "model.";
  private static final String CLIENT = BEDROCK + "DefaultBedrockRuntimeClient";
  private static final String ASYNC_CLIENT = BEDROCK + "DefaultBedrockRuntimeAsyncClient";
  private static final String STAGES = SDK + "core.internal.http.pipeline.stages.";
  private static final String HTTP_REQUEST = SDK + "http.SdkHttpFullRequest";
  private static final String EXECUTION = SDK + "core.internal.http.RequestExecutionContext";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<RequestsUnderway> {
    CONVERSE(
        call(CLIENT, "converse", MODEL + "ConverseResponse", "ConverseRequest"),
        call(ASYNC_CLIENT, "converse", FUTURE, "ConverseRequest")),
    INVOKE(
        call(CLIENT, "invokeModel", MODEL + "InvokeModelResponse", "InvokeModelRequest"),
        call(ASYNC_CLIENT, "invokeModel", FUTURE, "InvokeModelRequest")),
    CONVERSE_STREAM(stream("converseStream", "ConverseStream")),
    INVOKE_STREAM(stream("invokeModelWithResponseStream", "InvokeModelWithResponseStream")),
    // The SDK retries on its own threads, but creates the context of the retries on this thread.
    // The first versions with retry strategies have a separate stage for them.
    CONTEXT(context("AsyncRetryableStage"), context("AsyncRetryableStage2")),
    ATTEMPT(
        forClass(
                STAGES + "MakeHttpRequestStage",
                method("execute", SDK + "utils.Pair", HTTP_REQUEST, EXECUTION))
            .replacingResult()
            .usedBy(CLIENT),
        forClass(STAGES + "MakeAsyncHttpRequestStage", method("execute", FUTURE, FUTURE, EXECUTION))
            .replacingResult()
            .usedBy(CLIENT));

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, RequestsUnderway underway) {
      return switch (this) {
        case CONVERSE -> LlmCallHandler.replacingFutures(new ConverseDecoder(), telemetry);
        case INVOKE -> LlmCallHandler.replacingFutures(new InvokeDecoder(), telemetry);
        case CONVERSE_STREAM -> {
          ConverseDecoder converse = new ConverseDecoder();
          yield LlmStreamHandler.endingWithResult(
              converse, new EventStreamHandler(converse), telemetry);
        }
        case INVOKE_STREAM -> {
          InvokeDecoder invoke = new InvokeDecoder();
          yield LlmStreamHandler.endingWithResult(
              invoke, new EventStreamHandler(invoke), telemetry);
        }
        case CONTEXT -> OptionsHandler.ofSecondArgument(underway);
        case ATTEMPT -> new AttemptHandler(attempts(), underway);
      };
    }
  }

  private static Rule context(String stage) {
    return forClass(STAGES + stage, method("execute", FUTURE, HTTP_REQUEST, EXECUTION))
        .usedBy(CLIENT);
  }

  private static Rule call(String type, String name, String returns, String request) {
    return forClass(type, method(name, returns, MODEL + request)).replacingResult();
  }

  private static Rule stream(String name, String types) {
    return forClass(
            ASYNC_CLIENT,
            method(name, FUTURE, MODEL + types + "Request", MODEL + types + "ResponseHandler"))
        .replacingArgument(1)
        .replacingResult();
  }

  /**
   * Returns the decoder of attempts. The SDK's stages return a pair of request and response for an
   * attempt; the asynchronous stages return a future of a response that was already handled.
   */
  private static AttemptPaths attempts() {
    return AttemptPaths.statusAt("right().statusCode()", "httpResponse().statusCode()");
  }

  @Override
  public String name() {
    return "bedrock";
  }

  @Override
  public List<? extends Row<RequestsUnderway>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected RequestsUnderway shared(Telemetry telemetry) {
    return new RequestsUnderway();
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Amazon Bedrock (AWS SDK 2)",
            "software.amazon.awssdk:bedrockruntime",
            List.of("2.26.0", "2.59.1"),
            "`converse` and `invokeModel`; blocking and asynchronous, whole and streamed; the"
                + " attempts inside them"));
  }
}
