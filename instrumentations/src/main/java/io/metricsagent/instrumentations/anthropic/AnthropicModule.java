package io.metricsagent.instrumentations.anthropic;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.generatedclients.HttpAttempts;
import io.metricsagent.instrumentations.generatedclients.ParsedAnswer;
import io.metricsagent.instrumentations.generatedclients.StreamedAnswer;
import io.metricsagent.instrumentations.operations.AttemptHandler;
import io.metricsagent.instrumentations.operations.LlmResultHandler;
import io.metricsagent.instrumentations.operations.OptionsHandler;
import io.metricsagent.instrumentations.operations.RequestsUnderway;
import io.metricsagent.instrumentations.operations.ToolCallHandler;
import io.metricsagent.instrumentations.operations.ToolLoopHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.List;

/**
 * anthropic-java 2 and 3: messages and beta messages, blocking and asynchronous, whole and
 * streamed, the HTTP attempts inside them, and the tools that its runner runs.
 *
 * <p>The services' raw layer is woven, as in the client of OpenAI.
 */
@AutoService(InstrumentationModule.class)
public final class AnthropicModule implements InstrumentationModule {
  private static final String CORE = "com.anthropic.core.";
  private static final String HTTP = CORE + "http.";
  private static final String HTTP_CLIENT = HTTP + "HttpClient";
  private static final String HTTP_REQUEST = HTTP + "HttpRequest";
  private static final String OPTIONS = CORE + "RequestOptions";
  private static final String ANSWER = HTTP + "HttpResponseFor";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";
  private static final String RAW = "$WithRawResponseImpl";

  private static final String BLOCKING = "com.anthropic.services.blocking.";
  private static final String ASYNC = "com.anthropic.services.async.";
  private static final String MESSAGE = "com.anthropic.models.messages.MessageCreateParams";
  private static final String BETA = "com.anthropic.models.beta.messages.MessageCreateParams";

  private final RequestsUnderway underway = new RequestsUnderway();

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        whole(BLOCKING + "MessageServiceImpl", ANSWER, MESSAGE),
        whole(ASYNC + "MessageServiceAsyncImpl", FUTURE, MESSAGE),
        streamed(BLOCKING + "MessageServiceImpl", ANSWER, MESSAGE),
        streamed(ASYNC + "MessageServiceAsyncImpl", FUTURE, MESSAGE),
        whole(BLOCKING + "beta.MessageServiceImpl", ANSWER, BETA),
        whole(ASYNC + "beta.MessageServiceAsyncImpl", FUTURE, BETA),
        streamed(BLOCKING + "beta.MessageServiceImpl", ANSWER, BETA),
        streamed(ASYNC + "beta.MessageServiceAsyncImpl", FUTURE, BETA),
        // Asynchronous calls send on another thread: the options of a request are made on this one.
        // The newest clients copy them twice more, in methods that are internal.
        Rule.forClass(
            "options",
            OPTIONS,
            method("applyDefaults", OPTIONS, OPTIONS),
            named("applyDefaultTimeoutFromMaxTokens$anthropic_java_core"),
            named("withQualifiers$anthropic_java_core")),
        Rule.forSubtypes(
                "attempt",
                HTTP_CLIENT,
                method("execute", HTTP + "HttpResponse", HTTP_REQUEST, OPTIONS),
                method("executeAsync", FUTURE, HTTP_REQUEST, OPTIONS))
            .replacingResult(),
        // Private, and with other parameters from version to version.
        Rule.forClass(
            "tool", "com.anthropic.helpers.BetaToolRunner", named("generateToolUseResult")),
        Rule.forClass(
                "tool-round", "com.anthropic.helpers.BetaToolRunner", named("generateToolResponse"))
            .whereThereIsOne(),
        // The runner catches what this throws.
        Rule.forClass(
            "tool-run",
            "com.anthropic.helpers.BetaRunnableTool",
            named("run$anthropic_java_core")));
  }

  private static Rule whole(String service, String returns, String params) {
    return Rule.forClass("message", service + RAW, method("create", returns, params, OPTIONS))
        .replacingResult();
  }

  private static Rule streamed(String service, String returns, String params) {
    return Rule.forClass(
            "message-stream", service + RAW, method("createStreaming", returns, params, OPTIONS))
        .replacingResult();
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "anthropic-java",
            "com.anthropic:anthropic-java",
            List.of("2.0.0", "3.11.0"),
            "messages and beta messages; blocking and asynchronous, whole and streamed, parsed and"
                + " raw; the attempts inside them; tools of the tool runner"));
  }

  @Override
  public SiteHandler handler(Rule rule, Recording recording) {
    Messages messages = new Messages();
    return switch (rule.id()) {
      case "message" -> new LlmResultHandler(messages, new ParsedAnswer(), false, recording);
      case "message-stream" ->
          new LlmResultHandler(messages, new StreamedAnswer(messages), true, recording);
      case "options" -> new OptionsHandler(underway);
      case "attempt" ->
          new AttemptHandler(new HttpAttempts(CORE, "com.anthropic.internal."), underway);
      case "tool-round" -> ToolLoopHandler.ofRound(new ToolUseDecoder(), recording);
      case "tool", "tool-run" -> new ToolCallHandler(new ToolUseDecoder(), recording);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
