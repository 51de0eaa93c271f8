package io.metricsagent.instrumentations.libraries.googleadk;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmLayerHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPublisherHandler;
import io.metricsagent.instrumentations.tools.ToolRoundHandler;
import java.util.List;

/**
 * Google's Agent Development Kit 1.x: models, and the tools that agents run.
 *
 * <p>The models of Gemini and Claude send with clients that are measured themselves. The model of
 * Gemini sends when it is called and passes the answer on to its subscriber; the model of Claude
 * waits for the answer.
 */
@AutoService(InstrumentationModule.class)
public final class GoogleAdkModule extends RuleTable<Void> {
  private static final String ADK = "com.google.adk.";
  private static final String FUNCTIONS = ADK + "flows.llmflows.Functions";
  private static final String TOOL_CONTEXT = ADK + "tools.ToolContext";
  private static final String MAYBE = "io.reactivex.rxjava3.core.Maybe";
  private static final String MAP = "java.util.Map";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Void> {
    MODEL(
        forSubtypes(
                ADK + "models.BaseLlm",
                method(
                    "generateContent",
                    "io.reactivex.rxjava3.core.Flowable",
                    ADK + "models.LlmRequest",
                    "boolean"))
            .replacingResult()),
    TOOL(
        forClass(FUNCTIONS, method("callTool", MAYBE, ADK + "tools.BaseTool", MAP, TOOL_CONTEXT))
            .replacingResult()),
    // This method calls the tool's own method and catches the exception of that method.
    TOOL_METHOD(forClass(ADK + "tools.FunctionTool", method("call", MAYBE, MAP, TOOL_CONTEXT))),
    TOOL_ROUND(
        forClass(FUNCTIONS, round("handleFunctionCalls"), round("handleFunctionCallsLive"))
            .replacingResult()),
    RUN(forClass(ADK + "runner.Runner", named("runAsync"), named("runLive")).replacingResult());

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
        case MODEL -> {
          ModelDecoder models = new ModelDecoder();
          yield new LlmLayerHandler(models, models, telemetry);
        }
        case TOOL -> new ToolPublisherHandler(new AgentToolDecoder(), telemetry);
        case TOOL_METHOD -> new ToolCallHandler(new AgentToolDecoder(), telemetry);
        case TOOL_ROUND -> new ToolRoundHandler(new AgentToolDecoder(), telemetry);
        case RUN -> RunnerRuns.handler(telemetry);
      };
    }
  }

  private static MethodTarget round(String name) {
    return method(name, MAYBE, ADK + "agents.InvocationContext", ADK + "events.Event", MAP, MAP);
  }

  @Override
  public String name() {
    return "google-adk";
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
            "Google ADK",
            "com.google.adk:google-adk",
            List.of("1.0.0", "1.8.0"),
            "models: Gemini and Claude through the clients they use, other models from their"
                + " answers; tools, also where a failure is a map or the tool is an agent; tools"
                + " that do not exist; the time that the tools of an answer took. What `runLive`"
                + " sends and receives over its connection is no request"));
  }
}
