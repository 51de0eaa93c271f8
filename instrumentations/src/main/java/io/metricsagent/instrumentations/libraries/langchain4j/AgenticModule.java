package io.metricsagent.instrumentations.libraries.langchain4j;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * The agents of LangChain4j: their outermost call is a run. The models and tools that they call are
 * measured by {@link LangChain4jModule}, since an agent calls an AI service.
 */
@AutoService(InstrumentationModule.class)
public final class AgenticModule extends RuleTable<Void> {
  private static final String OBJECT = "java.lang.Object";
  private static final String AGENTIC = "dev.langchain4j.agentic.";
  private static final String INTERNAL = AGENTIC + "internal.";
  private static final String WORKFLOW = INTERNAL + "PlannerBasedInvocationHandler";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Void> {
    AGENT(forClass(AGENTIC + "agent.AgentInvocationHandler", call()).replacingResult()),
    WORKFLOW_AGENT(forClass(WORKFLOW, call()).replacingResult()),
    SCOPE(forClass(WORKFLOW, named("currentAgenticScope"))),
    WITHIN(
        forClass(
            INTERNAL + "AgentInvoker",
            method(
                "invoke",
                OBJECT,
                AGENTIC + "scope.DefaultAgenticScope",
                OBJECT,
                INTERNAL + "AgentInvocationArguments")));

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
      return true;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, Void nothing) {
      return switch (this) {
        case AGENT -> AgentRuns.ofAgents(telemetry);
        case WORKFLOW_AGENT -> AgentRuns.ofWorkflows(telemetry);
        case SCOPE -> AgentRuns.scope();
        case WITHIN -> AgentRuns.within();
      };
    }
  }

  private static MethodTarget call() {
    return method("invoke", OBJECT, OBJECT, "java.lang.reflect.Method", OBJECT + "[]");
  }

  @Override
  public String name() {
    return "langchain4j-agentic";
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
            "LangChain4j agents",
            "dev.langchain4j:langchain4j-agentic",
            List.of("1.11.0-beta19", "1.19.0-beta29"),
            "as LangChain4j; where runs are recorded, the outermost call of an agent is one,"
                + " whatever agents it calls, also on other threads: in sequence, in parallel, in a"
                + " loop, by a condition, by a supervisor, asynchronous ones, and one whose answer"
                + " is a stream. Two calls at once with the same memory id share a scope, so their"
                + " requests may count for either"));
  }
}
