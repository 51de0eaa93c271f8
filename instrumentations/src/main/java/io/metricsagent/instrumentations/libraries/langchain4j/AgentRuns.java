package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunContexts;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.libraries.shared.langchain4j.TokenStreams;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;
import java.lang.reflect.Method;

/**
 * Reads which method of an agent is called. Agents are proxies, like AI services; their handlers
 * also get calls of the library's own interfaces, which ask or configure the agent. An agent that
 * another one calls gets the {@code AgenticScope} of the outermost, also on other threads.
 * Immutable.
 */
final class AgentRuns implements RunDecoder {
  private static final String AGENTIC = "dev.langchain4j.";

  private final boolean workflow;

  private AgentRuns(boolean workflow) {
    this.workflow = workflow;
  }

  /** Returns the handler of the proxies of agents that ask a model themselves. */
  static SiteHandler ofAgents(Telemetry telemetry) {
    return new RunHandler(new AgentRuns(false), telemetry);
  }

  /** Returns the handler of the proxies of agents that only call other agents. */
  static SiteHandler ofWorkflows(Telemetry telemetry) {
    return new RunHandler(new AgentRuns(true), telemetry);
  }

  /** Returns the handler of the method that returns the scope of an invocation. */
  static SiteHandler scope() {
    return new Scope();
  }

  /** Returns the handler of the method that calls an agent with a scope, on any thread. */
  static SiteHandler within() {
    return new Within();
  }

  @Override
  public String scenario(Object self, Object proxy, Object called, Object arguments) {
    return called instanceof Method method && isOfAgent(method)
        ? method.getDeclaringClass().getSimpleName() + '.' + method.getName()
        : null;
  }

  /** The library's own agents, without types or with a supervisor, have such methods, too. */
  private static boolean isOfAgent(Method method) {
    Class<?> type = method.getDeclaringClass();
    return type != Object.class
        && (!type.getName().startsWith(AGENTIC)
            || (type.getSimpleName().endsWith("Agent") && method.getName().startsWith("invoke")));
  }

  /** A workflow has called all agents but the last when it returns a stream. */
  @Override
  public boolean isDeferred(Object self, Object proxy, Object called, Object arguments) {
    return !workflow
        && called instanceof Method method
        && ServiceRuns.isForLater(method.getReturnType());
  }

  @Override
  public void deferred(Object result, String scenario, String conversation) {
    TokenStreams.begins(result, scenario);
  }

  @Override
  public boolean goesOn(Object result, Run run) {
    if (!TokenStreams.isOne(result)) {
      return false;
    }
    TokenStreams.goesOn(result, run);
    return true;
  }

  private static final class Scope extends SiteHandler {
    /** Returns the run as the token. */
    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      return FrameStack.current().run();
    }

    @Override
    public Object exit(Object token, Object scope, Throwable thrown) {
      if (scope != null) {
        RunContexts.put(scope, (Run) token);
      }
      return scope;
    }
  }

  /** The thread works for the run of the scope meanwhile, unless it works for one already. */
  private static final class Within extends SiteHandler {
    @Override
    public Object enter(Object self, Object scope, Object arg1, Object arg2) {
      FrameStack stack = FrameStack.current();
      Run run = stack.run() == null ? RunContexts.get(scope) : null;
      if (run != null) {
        stack.adopt(run);
      }
      return run;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      FrameStack.current().adopt((Run) null);
      return result;
    }
  }
}
