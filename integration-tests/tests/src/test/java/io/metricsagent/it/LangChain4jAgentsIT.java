package io.metricsagent.it;

import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.StubRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The runs of LangChain4j's agents: the outermost agent is the run. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class LangChain4jAgentsIT extends RunScenarios {
  private static final int CROWD = 16;

  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(setup -> execute(setup.run()));

  LangChain4jAgentsIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langchain4j-agentic/newest", "langchain4j-agentic/oldest"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    read(RUNS.of(setup));
  }

  @Override
  String instrumentation() {
    return "langchain4j-agentic";
  }

  /** Of the agents without an interface of their own, five are called one by one. */
  @Override
  Map<String, Integer> endings() {
    return Map.of(
        "Clerk.answer ok", 2,
        "Clerk.answer failed", 1,
        "Desk.handle ok", 1,
        "UntypedAgent.invoke ok", 5 + CROWD,
        "SupervisorAgent.invoke ok", 1,
        "Teller.tell ok", 1,
        "Library.read ok", 1);
  }

  /**
   * Two agents in parallel make two requests each, because each of them uses a tool; so do two that
   * are asynchronous. Another one compares what the two have said.
   */
  @Override
  Map<String, Integer> requests() {
    return Map.of(
        "Clerk.answer 1", 2,
        "Clerk.answer 2", 1,
        "Desk.handle 2", 1,
        "UntypedAgent.invoke 2", 2,
        "UntypedAgent.invoke 4", 1,
        "UntypedAgent.invoke 5", 2 + CROWD,
        "SupervisorAgent.invoke 3", 1,
        "Teller.tell 1", 1,
        "Library.read 2", 1);
  }

  /** Also those of agents on other threads, whose tools belong to the run of the first one. */
  @Override
  Map<String, Integer> tools() {
    return Map.of(
        "Clerk.answer price stock", 1,
        "UntypedAgent.invoke price", 1,
        "UntypedAgent.invoke price price", 3);
  }
}
