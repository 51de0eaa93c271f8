package io.metricsagent.instrumentations.libraries.quarkus;

import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

import com.google.auto.service.AutoService;
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
import io.metricsagent.instrumentations.wire.StreamAttemptHandler;
import java.util.List;

/**
 * The code of Quarkus LangChain4j that replaces code of LangChain4j: the REST client of OpenAI's
 * API, whose class is generated in the build of an application, the loop of tools of its AI
 * services, and the guardrails of tools. Its models and executors of tools are those of
 * LangChain4j, and the rules of LangChain4j weave them.
 *
 * <p>The client is called once for each attempt, because LangChain4j's model above it does the
 * retries. The client writes and reads JSON within that call, so both are part of the attempt.
 */
@AutoService(InstrumentationModule.class)
public final class QuarkusModule extends RuleTable<Void> {
  private static final String QUARKUS = "io.quarkiverse.langchain4j.";
  private static final String OPENAI_API = QUARKUS + "openai.common.OpenAiRestApi";
  private static final String AI_SERVICE = QUARKUS + "runtime.aiservice.";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Void> {
    ATTEMPT(forSubtypes(OPENAI_API, named("blockingChatCompletion"), named("blockingEmbedding"))),
    STREAM_ATTEMPT(forSubtypes(OPENAI_API, named("streamingChatCompletion"))),
    TOOL_LOOP(forClass(AI_SERVICE + "AiServiceMethodImplementationSupport", named("doImplement0"))),
    GUARDRAIL(
        forClass(
            QUARKUS + "runtime.tool.guardrails.ToolGuardrailService",
            named("executeInputGuardrails"),
            named("executeOutputGuardrails"))),
    RUN(
        forClass(AI_SERVICE + "AiServiceMethodImplementationSupport", named("doImplement"))
            .replacingResult());

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public boolean isForRuns() {
      return this == RUN;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, Void nothing) {
      return switch (this) {
        case ATTEMPT -> new AttemptHandler();
        case STREAM_ATTEMPT -> new StreamAttemptHandler();
        case TOOL_LOOP -> ToolLoopHandler.afterAnswer();
        // A caller further out turns the exception of a guardrail into text for the model.
        case GUARDRAIL -> new ToolCallHandler(ToolPaths.withoutName(), telemetry);
        case RUN -> MethodRuns.handler(telemetry);
      };
    }
  }

  @Override
  public String name() {
    return "quarkus-langchain4j";
  }

  @Override
  public List<? extends Row<Void>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected Void shared(Telemetry telemetry) {
    return null;
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
}
