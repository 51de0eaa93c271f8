package io.metricsagent.instrumentations.libraries.quarkus;

import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.StreamAttemptHandler;
import java.util.List;

/**
 * Quarkus LangChain4j, where it has code of its own in place of LangChain4j's: the REST client of
 * OpenAI's API, whose class is generated in the build of an application, the loop of its AI
 * services, and the guardrails of tools. Models and executors of tools are LangChain4j's and woven
 * by its rules.
 *
 * <p>The client is called once an attempt: LangChain4j's model retries above it. It writes and
 * reads JSON within that call, so both are part of the attempt here.
 */
@AutoService(InstrumentationModule.class)
public final class QuarkusModule implements InstrumentationModule {
  private static final String QUARKUS = "io.quarkiverse.langchain4j.";
  private static final String OPENAI_API = QUARKUS + "openai.common.OpenAiRestApi";
  private static final String AI_SERVICE = QUARKUS + "runtime.aiservice.";

  @Override
  public String name() {
    return "quarkus-langchain4j";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forSubtypes(
            "attempt", OPENAI_API, named("blockingChatCompletion"), named("blockingEmbedding")),
        Rule.forSubtypes("stream-attempt", OPENAI_API, named("streamingChatCompletion")),
        Rule.forClass(
            "tool-loop",
            AI_SERVICE + "AiServiceMethodImplementationSupport",
            named("doImplement0")),
        Rule.forClass(
            "guardrail",
            QUARKUS + "runtime.tool.guardrails.ToolGuardrailService",
            named("executeInputGuardrails"),
            named("executeOutputGuardrails")));
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Quarkus LangChain4j",
            "io.quarkiverse.langchain4j:quarkus-langchain4j-openai",
            List.of("1.5.0", "1.10.0"),
            "as LangChain4j, over its own client of OpenAI, where reading and writing JSON is part"
                + " of an attempt; tools of its own executor, with errors that become text, and"
                + " those that a guardrail refuses"));
  }

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    return switch (rule.id()) {
      case "attempt" -> new AttemptHandler();
      case "stream-attempt" -> new StreamAttemptHandler();
      case "tool-loop" -> ToolLoopHandler.afterAnswer();
      case "guardrail" -> new ToolCallHandler(new GuardrailDecoder(), telemetry);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
