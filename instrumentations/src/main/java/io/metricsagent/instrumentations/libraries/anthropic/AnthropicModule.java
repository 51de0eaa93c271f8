package io.metricsagent.instrumentations.libraries.anthropic;

import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

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
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import io.metricsagent.instrumentations.tools.ToolPaths;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.OptionsHandler;
import io.metricsagent.instrumentations.wire.RequestsUnderway;
import java.util.List;

/**
 * anthropic-java 2 and 3: messages and beta messages, blocking and asynchronous, whole and
 * streamed, the HTTP attempts inside them, and the tools that its tool runner runs.
 */
@AutoService(InstrumentationModule.class)
public final class AnthropicModule extends RuleTable<RequestsUnderway> {
  private static final ClientRules CLIENT = new ClientRules("com.anthropic.");
  private static final String MESSAGES = "MessageService";
  private static final String PARAMS = "messages.MessageCreateParams";
  private static final String BETA_MESSAGES = "beta." + MESSAGES;
  private static final String BETA_PARAMS = "beta." + PARAMS;
  private static final String HELPERS = "com.anthropic.helpers.";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<RequestsUnderway> {
    MESSAGE(
        CLIENT.blocking(MESSAGES, PARAMS),
        CLIENT.async(MESSAGES, PARAMS),
        CLIENT.blocking(BETA_MESSAGES, BETA_PARAMS),
        CLIENT.async(BETA_MESSAGES, BETA_PARAMS)),
    MESSAGE_STREAM(
        CLIENT.blockingStream(MESSAGES, PARAMS),
        CLIENT.asyncStream(MESSAGES, PARAMS),
        CLIENT.blockingStream(BETA_MESSAGES, BETA_PARAMS),
        CLIENT.asyncStream(BETA_MESSAGES, BETA_PARAMS)),
    FUTURE(CLIENT.future(MESSAGES, PARAMS), CLIENT.future(BETA_MESSAGES, BETA_PARAMS)),
    // The newest clients copy the options twice more, in internal methods.
    OPTIONS(
        CLIENT.options(
            named("applyDefaultTimeoutFromMaxTokens$anthropic_java_core"),
            named("withQualifiers$anthropic_java_core"))),
    ATTEMPT(CLIENT.attempt()),
    // In this method, the runner catches a tool's exception and reports it to the model. The method
    // is private, and its parameters differ from version to version.
    TOOL(forClass(HELPERS + "BetaToolRunner", named("generateToolUseResult"))),
    TOOL_ROUND(
        forClass(HELPERS + "BetaToolRunner", named("generateToolResponse")).whereThereIsOne()),
    // The runner catches the exceptions of this method.
    TOOL_RUN(forClass(HELPERS + "BetaRunnableTool", named("run$anthropic_java_core")));

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
        case MESSAGE -> new LlmResultHandler(new Messages(), new ParsedAnswer(), false, telemetry);
        case MESSAGE_STREAM -> {
          Messages messages = new Messages();
          yield new LlmResultHandler(messages, new StreamedAnswer(messages), true, telemetry);
        }
        case FUTURE -> new LlmFutureHandler();
        case OPTIONS -> new OptionsHandler(underway);
        case ATTEMPT -> new AttemptHandler(CLIENT.attempts(), underway);
        case TOOL, TOOL_RUN ->
            new ToolCallHandler(ToolPaths.nameAt("name()").failureAt("isError()"), telemetry);
        case TOOL_ROUND -> ToolLoopHandler.ofRound(new RunnerRound(), telemetry);
      };
    }
  }

  @Override
  public String name() {
    return "anthropic";
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
            "anthropic-java",
            "com.anthropic:anthropic-java",
            List.of("2.0.0", "3.14.0"),
            "messages and beta messages; blocking and asynchronous, whole and streamed, parsed and"
                + " raw; the attempts inside them; tools of the tool runner"));
  }
}
