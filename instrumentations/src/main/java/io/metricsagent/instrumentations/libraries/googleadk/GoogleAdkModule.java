package io.metricsagent.instrumentations.libraries.googleadk;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.llm.LlmLayerHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPublisherHandler;
import io.metricsagent.instrumentations.tools.ToolRoundHandler;
import java.util.List;

/**
 * Google's Agent Development Kit 1.x: models, and the tools that agents run.
 *
 * <p>Its models of Gemini and Claude send with clients that are measured themselves. Gemini's sends
 * when it is called and hands the answer to whoever subscribes; Claude's waits for it.
 */
@AutoService(InstrumentationModule.class)
public final class GoogleAdkModule implements InstrumentationModule {
  private static final String ADK = "com.google.adk.";
  private static final String FUNCTIONS = ADK + "flows.llmflows.Functions";
  private static final String TOOL_CONTEXT = ADK + "tools.ToolContext";
  private static final String MAYBE = "io.reactivex.rxjava3.core.Maybe";
  private static final String MAP = "java.util.Map";

  @Override
  public String name() {
    return "google-adk";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forSubtypes(
                "model",
                ADK + "models.BaseLlm",
                method(
                    "generateContent",
                    "io.reactivex.rxjava3.core.Flowable",
                    ADK + "models.LlmRequest",
                    "boolean"))
            .replacingResult(),
        Rule.forClass(
                "tool",
                FUNCTIONS,
                method("callTool", MAYBE, ADK + "tools.BaseTool", MAP, TOOL_CONTEXT))
            .replacingResult(),
        // It catches what the method throws that it calls here.
        Rule.forClass(
            "tool-method", ADK + "tools.FunctionTool", method("call", MAYBE, MAP, TOOL_CONTEXT)),
        Rule.forClass(
                "tool-round",
                FUNCTIONS,
                round("handleFunctionCalls"),
                round("handleFunctionCallsLive"))
            .replacingResult());
  }

  private static MethodTarget round(String name) {
    return method(name, MAYBE, ADK + "agents.InvocationContext", ADK + "events.Event", MAP, MAP);
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Google ADK",
            "com.google.adk:google-adk",
            List.of("1.0.0", "1.8.0"),
            "models: Gemini and Claude through the clients they use, a model of the application's"
                + " own by what it answers; tools, also where a failure is a map or the tool is an"
                + " agent; tools that do not exist; the time that the tools of an answer took"));
  }

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    AgentToolDecoder tools = new AgentToolDecoder();
    return switch (rule.id()) {
      case "model" -> {
        ModelDecoder models = new ModelDecoder();
        yield new LlmLayerHandler(models, models, telemetry);
      }
      case "tool" -> new ToolPublisherHandler(tools, telemetry);
      case "tool-method" -> new ToolCallHandler(tools, telemetry);
      case "tool-round" -> new ToolRoundHandler(tools, telemetry);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
