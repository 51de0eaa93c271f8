package io.metricsagent.instrumentations.openai;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.generatedclients.HttpAttempts;
import io.metricsagent.instrumentations.generatedclients.ParsedAnswer;
import io.metricsagent.instrumentations.generatedclients.StreamedAnswer;
import io.metricsagent.instrumentations.operations.AttemptHandler;
import io.metricsagent.instrumentations.operations.LlmResultHandler;
import io.metricsagent.instrumentations.operations.OptionsHandler;
import io.metricsagent.instrumentations.operations.RequestsUnderway;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.List;

/**
 * openai-java 2 to 4: chat completions, responses and embeddings, blocking and asynchronous, whole
 * and streamed, and the HTTP attempts inside them.
 *
 * <p>The services' raw layer is woven: the ordinary methods and clients made by {@code
 * withOptions()} pass through it too.
 */
@AutoService(InstrumentationModule.class)
public final class OpenAiModule implements InstrumentationModule {
  private static final String CORE = "com.openai.core.";
  private static final String HTTP = CORE + "http.";
  private static final String HTTP_CLIENT = HTTP + "HttpClient";
  private static final String HTTP_REQUEST = HTTP + "HttpRequest";
  private static final String OPTIONS = CORE + "RequestOptions";
  private static final String ANSWER = HTTP + "HttpResponseFor";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";
  private static final String RAW = "$WithRawResponseImpl";

  private static final String BLOCKING = "com.openai.services.blocking.";
  private static final String ASYNC = "com.openai.services.async.";
  private static final String CHAT =
      "com.openai.models.chat.completions.ChatCompletionCreateParams";
  private static final String RESPONSE = "com.openai.models.responses.ResponseCreateParams";
  private static final String EMBEDDING = "com.openai.models.embeddings.EmbeddingCreateParams";

  private final RequestsUnderway underway = new RequestsUnderway();

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        whole("chat", BLOCKING + "chat.ChatCompletionServiceImpl", ANSWER, CHAT),
        whole("chat", ASYNC + "chat.ChatCompletionServiceAsyncImpl", FUTURE, CHAT),
        streamed("chat-stream", BLOCKING + "chat.ChatCompletionServiceImpl", ANSWER, CHAT),
        streamed("chat-stream", ASYNC + "chat.ChatCompletionServiceAsyncImpl", FUTURE, CHAT),
        whole("responses", BLOCKING + "ResponseServiceImpl", ANSWER, RESPONSE),
        whole("responses", ASYNC + "ResponseServiceAsyncImpl", FUTURE, RESPONSE),
        streamed("responses-stream", BLOCKING + "ResponseServiceImpl", ANSWER, RESPONSE),
        streamed("responses-stream", ASYNC + "ResponseServiceAsyncImpl", FUTURE, RESPONSE),
        whole("embeddings", BLOCKING + "EmbeddingServiceImpl", ANSWER, EMBEDDING),
        whole("embeddings", ASYNC + "EmbeddingServiceAsyncImpl", FUTURE, EMBEDDING),
        // Asynchronous calls send on another thread: the options of a request are made on this one.
        Rule.forClass("options", OPTIONS, method("applyDefaults", OPTIONS, OPTIONS)),
        Rule.forSubtypes(
                "attempt",
                HTTP_CLIENT,
                method("execute", HTTP + "HttpResponse", HTTP_REQUEST, OPTIONS),
                method("executeAsync", FUTURE, HTTP_REQUEST, OPTIONS))
            .replacingResult());
  }

  private static Rule whole(String id, String service, String returns, String params) {
    return Rule.forClass(id, service + RAW, method("create", returns, params, OPTIONS))
        .replacingResult();
  }

  private static Rule streamed(String id, String service, String returns, String params) {
    return Rule.forClass(id, service + RAW, method("createStreaming", returns, params, OPTIONS))
        .replacingResult();
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "openai-java",
            "com.openai:openai-java",
            List.of("2.0.0", "3.7.1", "4.100.0"),
            "chat completions, responses and embeddings; blocking and asynchronous, whole and"
                + " streamed, parsed and raw; the attempts inside them"));
  }

  @Override
  public SiteHandler handler(Rule rule, Recording recording) {
    ChatCompletions chat = new ChatCompletions("chat");
    Responses responses = new Responses();
    return switch (rule.id()) {
      case "chat" -> new LlmResultHandler(chat, new ParsedAnswer(), false, recording);
      case "chat-stream" -> new LlmResultHandler(chat, new StreamedAnswer(chat), true, recording);
      case "responses" -> new LlmResultHandler(responses, new ParsedAnswer(), false, recording);
      case "responses-stream" ->
          new LlmResultHandler(responses, new StreamedAnswer(responses), true, recording);
      case "embeddings" ->
          new LlmResultHandler(
              new ChatCompletions("embeddings"), new ParsedAnswer(), false, recording);
      case "attempt" ->
          new AttemptHandler(new HttpAttempts(CORE, "com.openai.internal."), underway);
      case "options" -> new OptionsHandler(underway);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
