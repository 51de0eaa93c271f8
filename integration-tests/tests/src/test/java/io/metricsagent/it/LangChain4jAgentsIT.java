package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.StubRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The runs of LangChain4j's agents: the outermost agent is the run. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class LangChain4jAgentsIT extends RunScenarios {
  private static final int CROWD = 16;

  private static final PlannedRuns<StubRun> RUNS =
      new PlannedRuns<>(setup -> execute(Recordings.on(setup.run())));

  private static List<JsonNode> sessions;

  LangChain4jAgentsIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langchain4j-agentic/newest", "langchain4j-agentic/oldest"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    read(RUNS.of(setup));
    sessions = Recordings.of(run).sessions();
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

  @Test
  void theToolsOfAnAgentAreInItsSessionInTheirOrder() {
    assertThat(sessions)
        .filteredOn(session -> session.get("skill_name").asString().equals("Clerk.answer"))
        .flatExtracting(session -> Recordings.events(session, "tool.called"))
        .extracting(data -> data.get("tool").asString())
        .containsExactly("price", "stock");
  }

  /** Agents on other threads, whose requests and tools belong to the run of the first one. */
  @Test
  void theToolsOfAgentsOnOtherThreadsAreInTheSessionOfTheRun() {
    assertThat(sessions)
        .filteredOn(session -> session.get("skill_name").asString().equals("UntypedAgent.invoke"))
        .extracting(session -> Recordings.events(session, "tool.called").size())
        .filteredOn(tools -> tools > 0)
        .containsExactlyInAnyOrder(1, 2, 2, 2);
    assertThat(sessions)
        .extracting(session -> session.get("skill_name").asString(""))
        .doesNotContain("process");
  }
}
