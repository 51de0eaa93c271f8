package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.RunLines;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.Ledger.Account;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Tests for every library with runs: each is one line and one session, and each request and tool
 * call is in the right one.
 */
@ExtendWith(ShowRuns.class)
abstract class RunScenarios {
  static FinishedRun run;
  static RunLines runs;
  static List<JsonNode> sessions;
  static Dump dump;
  static Ledger ledger;

  /**
   * Runs an application with runs, their gauges and sessions, against a server of its own.
   *
   * @param words the arguments behind the server's address
   */
  static StubRun execute(AgentRun application, String... words) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      List<String> arguments = new ArrayList<>(List.of(stub.baseUrl()));
      arguments.addAll(List.of(words));
      return new StubRun(
          Recordings.on(application.withAgent("run.gauges=true"))
              .run(arguments.toArray(String[]::new)),
          stub.ledger());
    }
  }

  /** Reads what a run has left. */
  static void read(StubRun stubbed) throws IOException {
    run = stubbed.run();
    dump = stubbed.dump();
    Recordings kept = Recordings.of(run);
    runs = kept.runs();
    sessions = kept.sessions();
    ledger = stubbed.ledger();
  }

  /** Returns how many runs end in each way, as {@link RunLines#endings} does. */
  abstract Map<String, Integer> endings();

  /** Returns how many runs make how many requests, as {@link RunLines#requests} does. */
  abstract Map<String, Integer> requests();

  /**
   * Returns the tools of each session that has any, in their order, and how many such sessions
   * there are: {@code Assistant.answer price stock}.
   */
  abstract Map<String, Integer> tools();

  /**
   * Returns how many more sessions than runs have an outcome, because a conversation is one session
   * of several runs: it has the scenario of its first run, and the outcome of its last one.
   */
  Map<String, Integer> conversations() {
    return Map.of();
  }

  /** Returns what the agent calls the rules that are tested. */
  abstract String instrumentation();

  @Test
  void eachRunIsOneLine() {
    assertThat(runs.endings()).as(run.toString()).isEqualTo(endings());
  }

  @Test
  void eachRequestIsInTheRunThatMadeIt() {
    assertThat(runs.requests(dump)).as(run.toString()).isEqualTo(requests());
  }

  @Test
  void eachRunHasAnIdOfItsOwn() {
    assertThat(runs.lines().stream().map(line -> line.get("run_id").asString()))
        .doesNotHaveDuplicates();
  }

  @Test
  void theFirstIterationIsWithinTheRun() {
    for (JsonNode line : runs.lines()) {
      if (line.get("success").asBoolean()) {
        assertThat(line.get("event").asString()).isEqualTo("run.complete");
        assertThat(line.get("error").isNull()).isTrue();
      }
      if (line.get("success").asBoolean() && !line.get("scenario").asString().equals("process")) {
        assertThat(line.get("ttfi_sec").isNumber()).as(line.toString()).isTrue();
      }
      if (!line.get("ttfi_sec").isNull()) {
        assertThat(line.get("ttfi_sec").asDouble())
            .as(line.toString())
            .isPositive()
            .isLessThanOrEqualTo(line.get("duration_sec").asDouble());
      }
    }
  }

  @Test
  void eachRunIsOneSessionOrPartOfOne() {
    Map<String, Integer> expected = new TreeMap<>(runs.outcomes());
    conversations().forEach((outcome, more) -> expected.merge(outcome, more, Integer::sum));
    expected.values().removeIf(sessions -> sessions == 0);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (JsonNode session : sessions) {
      String skill = session.get("skill_name").asString();
      outcomes.merge(skill + " " + session.get("success").asBoolean(), 1, Integer::sum);
      assertThat(session.get("end_time").isNull()).as(session.toString()).isFalse();
    }
    assertThat(outcomes).as(run.toString()).isEqualTo(expected);
  }

  @Test
  void eachToolCallIsInTheSessionOfItsRunInItsOrder() {
    Map<String, Integer> tools = new TreeMap<>();
    for (JsonNode session : sessions) {
      List<String> called = names(Recordings.events(session, "tool.called"));
      assertThat(names(session.get("tool_calls"))).isEqualTo(called);
      assertThat(names(Recordings.events(session, "tool.completed")))
          .containsExactlyInAnyOrderElementsOf(called);
      if (!called.isEmpty()) {
        tools.merge(
            session.get("skill_name").asString() + " " + String.join(" ", called), 1, Integer::sum);
      }
    }
    assertThat(tools).as(run.toString()).isEqualTo(tools());
  }

  private static List<String> names(Iterable<JsonNode> calls) {
    List<String> names = new ArrayList<>();
    calls.forEach(call -> names.add(call.get("tool").asString()));
    return names;
  }

  /**
   * What the server counts for a model, the adapter has ({@link #theFiguresAreThoseOfTheServer}),
   * and so do all sessions together. A request may outlive its run, which was cancelled; such a
   * request is in no session.
   */
  @Test
  void allSessionsHaveTheRequestsAndTokensOfTheAdapters() {
    Map<String, Long> requests = new TreeMap<>();
    Map<String, Long> tokens = new TreeMap<>();
    for (JsonNode session : sessions) {
      for (JsonNode request : Recordings.events(session, "llm.request")) {
        String model = request.get("model").asString("");
        requests.merge(model, 1L, Long::sum);
        tokens.merge(model, request.get("tokens").asLong(0), Long::sum);
      }
    }
    Map<String, Long> expectedRequests = new TreeMap<>();
    Map<String, Long> expectedTokens = new TreeMap<>();
    for (Adapter adapter : dump.adapters()) {
      String model = adapter.json().path("model").asString("");
      expectedRequests.merge(model, adapter.count("request_count"), Long::sum);
      expectedTokens.merge(model, adapter.count("input_tokens"), Long::sum);
    }
    long missing = sum(expectedRequests) - sum(requests);
    assertThat(missing).as("%s of %s", requests, expectedRequests).isBetween(0L, cancelled());
    if (missing > 0) {
      expectedTokens.keySet().removeIf(m -> !expectedRequests.get(m).equals(requests.get(m)));
      tokens.keySet().retainAll(expectedTokens.keySet());
    }
    assertThat(tokens).as(run.toString()).isNotEmpty().isEqualTo(expectedTokens);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long cancelled() {
    return runs.endings().entrySet().stream()
        .filter(ending -> ending.getKey().endsWith(" cancelled"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * The server waits 300 ms before the first piece of a late stream, and 40 ms after each piece.
   */
  static void assertBeganLate(JsonNode line) {
    double first = line.get("ttfi_sec").asDouble();
    assertThat(first).as(line.toString()).isGreaterThanOrEqualTo(0.3);
    assertThat(line.get("duration_sec").asDouble() - first)
        .as(line.toString())
        .isGreaterThanOrEqualTo(0.1);
  }

  /** The message of an exception may quote a prompt, so only the class is written. */
  @Test
  void aFailureSaysItsClassOnly() {
    for (JsonNode line : runs.lines()) {
      if (!line.get("success").asBoolean()) {
        assertThat(line.get("event").asString()).isEqualTo("run.error");
        assertThat(line.get("error").asString()).matches("cancelled|([\\w$]+\\.)+[\\w$]+");
      }
    }
  }

  /** Without runs, the figures are those of the server; so they are with runs. */
  @Test
  void theFiguresAreThoseOfTheServer() {
    assertThat(dump.adapters()).isNotEmpty();
    for (Adapter adapter : dump.adapters()) {
      if (adapter.count("cancelled_count") == 0) {
        assertCounted(adapter);
      }
    }
    dump.tools()
        .forEach(
            tool ->
                assertThat(tool.count("call_count"))
                    .isEqualTo(ledger.toolCalls().get(tool.name())));
  }

  private static void assertCounted(Adapter adapter) {
    String model = adapter.json().path("model").asString("");
    Account account = ledger.account(model, adapter.json().path("operation").asString(""));
    assertThat(adapter.count("request_count") - adapter.count("error_count"))
        .as(model)
        .isEqualTo(account.answered());
    assertThat(adapter.count("input_tokens")).as(model).isEqualTo(account.inputTokens());
    assertThat(adapter.count("output_tokens")).as(model).isEqualTo(account.outputTokens());
    assertThat(adapter.count("throttle_count")).as(model).isEqualTo(account.throttled());
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation(instrumentation()).wovenMethods()).isPositive();
    assertThat(dump.instrumentation(instrumentation()).skipped()).isZero();
  }
}
