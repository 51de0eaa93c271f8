package io.metricsagent.instrumentations.libraries.langgraph4j;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * LangGraph4j: calls of tools that do not exist, which its tool service skips. The rules of
 * LangChain4j measure the tools that exist, because LangGraph4j calls LangChain4j's executors, and
 * the models of LangChain4j.
 */
@AutoService(InstrumentationModule.class)
public final class LangGraph4jModule extends RuleTable<Void> {
  private static final String GRAPH = "org.bsc.langgraph4j.CompiledGraph";
  private static final String REQUEST = "dev.langchain4j.agent.tool.ToolExecutionRequest";
  private static final String CONTEXT = "dev.langchain4j.invocation.InvocationContext";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Void> {
    TOOL(
        forClass(
            "org.bsc.langgraph4j.langchain4j.tool.LC4jToolService",
            method("scopedToolCall", "java.util.Optional", REQUEST, CONTEXT))),
    RUN(forClass(GRAPH, named("invoke"), named("invokeFinal")).replacingResult()),
    RUN_STREAM(forClass(GRAPH, named("stream"), named("streamSnapshots")).replacingResult());

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
      return this != TOOL;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, Void nothing) {
      return switch (this) {
        case TOOL -> new UnknownToolHandler(telemetry);
        case RUN -> GraphRuns.handler("CompiledGraph.invoke", telemetry);
        case RUN_STREAM -> GraphRuns.handler("CompiledGraph.stream", telemetry);
      };
    }
  }

  @Override
  public String name() {
    return "langgraph4j";
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
            "LangGraph4j with LangChain4j",
            "org.bsc.langgraph4j:langgraph4j-langchain4j",
            List.of("1.7.0", "1.8.17"),
            "tools that its nodes run, also those that do not exist"));
  }
}
