package io.metricsagent.instrumentations.libraries.openai;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.ClientRules;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.ParsedAnswer;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.StreamedAnswer;
import io.metricsagent.instrumentations.llm.LlmFutureHandler;
import io.metricsagent.instrumentations.llm.LlmResultHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.OptionsHandler;
import io.metricsagent.instrumentations.wire.RequestsUnderway;
import java.util.List;

/**
 * openai-java 2 to 4: chat completions, responses and embeddings, blocking and asynchronous, whole
 * and streamed, and the HTTP attempts inside them.
 */
@AutoService(InstrumentationModule.class)
public final class OpenAiModule extends RuleTable<RequestsUnderway> {
  private static final ClientRules CLIENT = new ClientRules("com.openai.");
  private static final String CHAT_SERVICE = "chat.ChatCompletionService";
  private static final String CHAT_PARAMS = "chat.completions.ChatCompletionCreateParams";
  private static final String RESPONSE_SERVICE = "ResponseService";
  private static final String RESPONSE_PARAMS = "responses.ResponseCreateParams";
  private static final String EMBEDDING_SERVICE = "EmbeddingService";
  private static final String EMBEDDING_PARAMS = "embeddings.EmbeddingCreateParams";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<RequestsUnderway> {
    CHAT(CLIENT.blocking(CHAT_SERVICE, CHAT_PARAMS), CLIENT.async(CHAT_SERVICE, CHAT_PARAMS)),
    CHAT_STREAM(
        CLIENT.blockingStream(CHAT_SERVICE, CHAT_PARAMS),
        CLIENT.asyncStream(CHAT_SERVICE, CHAT_PARAMS)),
    RESPONSES(
        CLIENT.blocking(RESPONSE_SERVICE, RESPONSE_PARAMS),
        CLIENT.async(RESPONSE_SERVICE, RESPONSE_PARAMS)),
    RESPONSES_STREAM(
        CLIENT.blockingStream(RESPONSE_SERVICE, RESPONSE_PARAMS),
        CLIENT.asyncStream(RESPONSE_SERVICE, RESPONSE_PARAMS)),
    EMBEDDINGS(
        CLIENT.blocking(EMBEDDING_SERVICE, EMBEDDING_PARAMS),
        CLIENT.async(EMBEDDING_SERVICE, EMBEDDING_PARAMS)),
    FUTURE(
        CLIENT.future(CHAT_SERVICE, CHAT_PARAMS),
        CLIENT.future(RESPONSE_SERVICE, RESPONSE_PARAMS),
        CLIENT.future(EMBEDDING_SERVICE, EMBEDDING_PARAMS)),
    OPTIONS(CLIENT.options()),
    ATTEMPT(CLIENT.attempt());

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
        case CHAT ->
            new LlmResultHandler(new ChatCompletions("chat"), new ParsedAnswer(), false, telemetry);
        case CHAT_STREAM -> {
          ChatCompletions chat = new ChatCompletions("chat");
          yield new LlmResultHandler(chat, new StreamedAnswer(chat), true, telemetry);
        }
        case RESPONSES ->
            new LlmResultHandler(new Responses(), new ParsedAnswer(), false, telemetry);
        case RESPONSES_STREAM -> {
          Responses responses = new Responses();
          yield new LlmResultHandler(responses, new StreamedAnswer(responses), true, telemetry);
        }
        case EMBEDDINGS ->
            new LlmResultHandler(
                new ChatCompletions("embeddings"), new ParsedAnswer(), false, telemetry);
        case FUTURE -> new LlmFutureHandler();
        case OPTIONS -> new OptionsHandler(underway);
        case ATTEMPT -> new AttemptHandler(CLIENT.attempts(), underway);
      };
    }
  }

  @Override
  public String name() {
    return "openai";
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
            "openai-java",
            "com.openai:openai-java",
            List.of("2.0.0", "3.7.1", "4.101.0"),
            "chat completions, responses and embeddings; blocking and asynchronous, whole and"
                + " streamed, parsed and raw; the attempts inside them"));
  }
}
