package io.metricsagent.instrumentations.libraries.langgraph4j;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ServedTools;
import java.util.List;
import java.util.Optional;

/**
 * LangGraph4j: tools that do not exist, which its service passes over. Those that do are seen where
 * it calls LangChain4j's executors, and models where LangChain4j is below.
 */
@AutoService(InstrumentationModule.class)
public final class LangGraph4jModule implements InstrumentationModule {
  @Override
  public String name() {
    return "langgraph4j";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.forClass(
            "tool",
            "org.bsc.langgraph4j.langchain4j.tool.LC4jToolService",
            method(
                "scopedToolCall",
                "java.util.Optional",
                "dev.langchain4j.agent.tool.ToolExecutionRequest",
                "dev.langchain4j.invocation.InvocationContext")));
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "LangGraph4j with LangChain4j",
            "org.bsc.langgraph4j:langgraph4j-langchain4j",
            List.of("1.7.0", "1.8.17"),
            "tools that its nodes run, also those that do not exist"));
  }

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object request, Object context, Object arg2) {
        return this; // only the result is of interest
      }

      /** Empty is a tool that nobody knows. */
      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        if (result instanceof Optional<?> answer && answer.isEmpty()) {
          telemetry
              .registry()
              .tool(ServedTools.UNKNOWN_TOOL)
              .recordFailure(0, ServedTools.NO_SUCH_TOOL);
        }
        return result;
      }
    };
  }
}
