package io.metricsagent.instrumentations.libraries.anthropic;

import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.ClientRules;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.ParsedAnswer;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.StreamedAnswer;
import io.metricsagent.instrumentations.llm.LlmResultHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * anthropic-java 2 and 3: messages and beta messages, blocking and asynchronous, whole and
 * streamed, the HTTP attempts inside them, and the tools that its runner runs.
 */
@AutoService(InstrumentationModule.class)
public final class AnthropicModule implements InstrumentationModule {
  private static final String MESSAGES = "MessageService";
  private static final String PARAMS = "messages.MessageCreateParams";
  private static final String RUNNER = "com.anthropic.helpers.BetaToolRunner";

  private final ClientRules client = new ClientRules("com.anthropic.");

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (String beta : List.of("", "beta.")) {
      client.addWhole(rules, "message", beta + MESSAGES, beta + PARAMS);
      client.addStreamed(rules, "message-stream", beta + MESSAGES, beta + PARAMS);
    }
    // The newest clients copy the options twice more, in methods that are internal.
    client.addAttempts(
        rules,
        named("applyDefaultTimeoutFromMaxTokens$anthropic_java_core"),
        named("withQualifiers$anthropic_java_core"));
    // Private, and with other parameters from version to version.
    rules.add(Rule.forClass("tool", RUNNER, named("generateToolUseResult")));
    rules.add(Rule.forClass("tool-round", RUNNER, named("generateToolResponse")).whereThereIsOne());
    // The runner catches what this throws.
    rules.add(
        Rule.forClass(
            "tool-run",
            "com.anthropic.helpers.BetaRunnableTool",
            named("run$anthropic_java_core")));
    return rules;
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

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    Messages messages = new Messages();
    return switch (rule.id()) {
      case "message" -> new LlmResultHandler(messages, new ParsedAnswer(), false, telemetry);
      case "message-stream" ->
          new LlmResultHandler(messages, new StreamedAnswer(messages), true, telemetry);
      case "tool-round" -> ToolLoopHandler.ofRound(new ToolUseDecoder(), telemetry);
      case "tool", "tool-run" -> new ToolCallHandler(new ToolUseDecoder(), telemetry);
      default -> client.handler(rule);
    };
  }
}
