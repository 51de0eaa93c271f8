package io.metricsagent.instrumentations.libraries.bedrock;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmStreamHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.OptionsHandler;
import io.metricsagent.instrumentations.wire.RequestsUnderway;
import java.util.List;

/**
 * Amazon Bedrock's runtime client in the AWS SDK 2: {@code converse} and {@code invokeModel},
 * blocking and asynchronous, whole and streamed, and the HTTP attempts inside them.
 *
 * <p>The stages that make attempts are those of every AWS service; what is not within a request to
 * a model is left alone there.
 */
@AutoService(InstrumentationModule.class)
public final class BedrockModule implements InstrumentationModule {
  private static final String SDK = "software.amazon.awssdk.";
  private static final String BEDROCK = SDK + "services.bedrockruntime.";
  private static final String MODEL = BEDROCK + "model.";
  private static final String CLIENT = BEDROCK + "DefaultBedrockRuntimeClient";
  private static final String ASYNC_CLIENT = BEDROCK + "DefaultBedrockRuntimeAsyncClient";
  private static final String STAGES = SDK + "core.internal.http.pipeline.stages.";
  private static final String HTTP_REQUEST = SDK + "http.SdkHttpFullRequest";
  private static final String CONTEXT = SDK + "core.internal.http.RequestExecutionContext";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";

  private final RequestsUnderway underway = new RequestsUnderway();

  @Override
  public String name() {
    return "bedrock";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        call("converse", CLIENT, "converse", MODEL + "ConverseResponse", "ConverseRequest"),
        call("converse", ASYNC_CLIENT, "converse", FUTURE, "ConverseRequest"),
        call("invoke", CLIENT, "invokeModel", MODEL + "InvokeModelResponse", "InvokeModelRequest"),
        call("invoke", ASYNC_CLIENT, "invokeModel", FUTURE, "InvokeModelRequest"),
        stream("converse-stream", "converseStream", "ConverseStream"),
        stream("invoke-stream", "invokeModelWithResponseStream", "InvokeModelWithResponseStream"),
        // Retries are made on threads of the SDK's own: their context is made on this one.
        // The first versions with retry strategies have a stage of their own for them.
        context("AsyncRetryableStage"),
        context("AsyncRetryableStage2"),
        Rule.forClass(
                "attempt",
                STAGES + "MakeHttpRequestStage",
                method("execute", SDK + "utils.Pair", HTTP_REQUEST, CONTEXT))
            .replacingResult()
            .usedBy(CLIENT),
        Rule.forClass(
                "attempt",
                STAGES + "MakeAsyncHttpRequestStage",
                method("execute", FUTURE, FUTURE, CONTEXT))
            .replacingResult()
            .usedBy(CLIENT));
  }

  private static Rule context(String stage) {
    return Rule.forClass(
            "context", STAGES + stage, method("execute", FUTURE, HTTP_REQUEST, CONTEXT))
        .usedBy(CLIENT);
  }

  private static Rule call(String id, String type, String name, String returns, String request) {
    return Rule.forClass(id, type, method(name, returns, MODEL + request)).replacingResult();
  }

  private static Rule stream(String id, String name, String types) {
    return Rule.forClass(
            id,
            ASYNC_CLIENT,
            method(name, FUTURE, MODEL + types + "Request", MODEL + types + "ResponseHandler"))
        .replacingArgument(1)
        .replacingResult();
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

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    ConverseDecoder converse = new ConverseDecoder();
    InvokeDecoder invoke = new InvokeDecoder();
    return switch (rule.id()) {
      case "converse" -> LlmCallHandler.replacingFutures(converse, telemetry);
      case "invoke" -> LlmCallHandler.replacingFutures(invoke, telemetry);
      case "converse-stream" ->
          LlmStreamHandler.endingWithResult(converse, new EventStreamHandler(converse), telemetry);
      case "invoke-stream" ->
          LlmStreamHandler.endingWithResult(invoke, new EventStreamHandler(invoke), telemetry);
      case "context" -> OptionsHandler.ofSecondArgument(underway);
      case "attempt" -> new AttemptHandler(new StageDecoder(), underway);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
