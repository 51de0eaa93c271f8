package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sessions and session metrics of a real application: the stub server's ledger implies how many
 * there are, their tools and tokens, and the figures that the jar's commands compute from them.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class SessionsIT {
  private static final String[] CHAPTERS = {
    "chat", "tools", "throttled", "streamed", "embeddings", "failures", "crowd"
  };

  /** Eight questions are answered, four of them fail, and two answers are streamed. */
  private static final int RUNS_OF_SERVICES = 14;

  /** Of the answered questions, four ask for tools and so make two requests; so does a stream. */
  private static final int REQUESTS_IN_RUNS = RUNS_OF_SERVICES + 5;

  private static final int FAILED_RUNS = 4;
  private static final JsonMapper JSON = new JsonMapper();
  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(SessionsIT::execute);

  private static Setup setup;
  private static FinishedRun run;
  private static Ledger ledger;
  private static Recordings kept;

  SessionsIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langchain4j-chat"));
  }

  private static StubRun execute(Setup setup) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      String[] arguments = new String[CHAPTERS.length + 1];
      arguments[0] = stub.baseUrl();
      System.arraycopy(CHAPTERS, 0, arguments, 1, CHAPTERS.length);
      return new StubRun(Recordings.on(setup.run().withAgent()).run(arguments), stub.ledger());
    }
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup planned) throws Throwable {
    setup = planned;
    run = RUNS.of(setup).run();
    ledger = RUNS.of(setup).ledger();
    assertThat(run.exitCode()).as(run.toString()).isZero();
    kept = Recordings.of(run);
  }

  private static List<JsonNode> sessionsOf(String skill) {
    return kept.sessions().stream()
        .filter(session -> session.get("skill_name").asString().equals(skill))
        .toList();
  }

  /** Runs a command of the agent's jar as a process and returns what it prints. */
  private static String command(String... words) throws IOException {
    FinishedRun command = AgentRun.on(setup.jdk()).jar(Artifacts.agent()).run(words);
    assertThat(command.exitCode()).as(command.toString()).isZero();
    assertThat(command.stderr()).isEmpty();
    return command.stdout();
  }

  @Test
  void eachRunIsOneSessionWithTheSameIdAndOutcome() {
    assertThat(ids(kept.sessions(), "session_id"))
        .hasSize(kept.sessions().size())
        .isEqualTo(ids(kept.runs().lines(), "run_id"));
    Map<String, Integer> outcomes = new TreeMap<>();
    for (JsonNode session : kept.sessions()) {
      outcomes.merge(
          session.get("skill_name").asString() + " " + session.get("success").asBoolean(),
          1,
          Integer::sum);
    }
    assertThat(outcomes).isEqualTo(kept.runs().outcomes());
    assertThat(outcomes)
        .isEqualTo(
            Map.of(
                "Assistant.answer true", 8,
                "Assistant.answer false", FAILED_RUNS,
                "Live.answer true", 2,
                "process true", 1));
  }

  private static Set<String> ids(List<JsonNode> nodes, String field) {
    Set<String> ids = new HashSet<>();
    nodes.forEach(node -> ids.add(node.get(field).asString()));
    return ids;
  }

  @Test
  void toolsAreInTheirSessionsInOrder() {
    assertThat(tools("Assistant.answer"))
        .containsExactlyInAnyOrder("stockLevel", "price", "price", "stockLevel price");
    assertThat(tools("Live.answer")).containsExactly("stockLevel");
    assertThat(tools("process")).isEmpty();
  }

  private static List<String> tools(String skill) {
    List<String> tools = new ArrayList<>();
    for (JsonNode session : sessionsOf(skill)) {
      List<String> names = new ArrayList<>();
      session.get("tool_calls").forEach(call -> names.add(call.get("tool").asString()));
      List<String> completed = new ArrayList<>();
      Recordings.events(session, "tool.completed")
          .forEach(data -> completed.add(data.get("tool").asString()));
      assertThat(completed).as(session.toString()).isEqualTo(names);
      if (!names.isEmpty()) {
        tools.add(String.join(" ", names));
      }
    }
    return tools;
  }

  @Test
  void tokensOfPromptsAddUpToThoseOfTheServer() {
    Map<String, Long> tokens = new TreeMap<>();
    long requests = 0;
    for (JsonNode session : kept.sessions()) {
      for (JsonNode request : Recordings.events(session, "llm.request")) {
        requests++;
        tokens.merge(request.get("model").asString(), request.get("tokens").asLong(0), Long::sum);
      }
    }
    assertThat(requests).isEqualTo(requestsOfAll());
    for (String model : List.of("gpt-4o-mini", "gpt-4o", "o3", "o3-mini")) {
      assertThat(tokens.get(model))
          .as(model)
          .isPositive()
          .isEqualTo(ledger.account(model, "chat").inputTokens());
    }
  }

  private static long requestsOfAll() {
    return run.dump().adapters().stream()
        .mapToLong(adapter -> adapter.count("request_count"))
        .sum();
  }

  @Test
  void theFirstPieceIsWithinTheWhole() {
    for (JsonNode line : kept.runs().of("Live.answer")) {
      assertThat(line.get("ttfi_sec").asDouble())
          .isPositive()
          .isLessThan(line.get("duration_sec").asDouble());
    }
    JsonNode streamed = report("--by", "model").get("gpt-4o");
    assertThat(streamed.get("known_sessions").asLong()).isEqualTo(2);
    assertThat(streamed.get("avg_prompt_to_first_frame_ms").asDouble())
        .as(streamed.toString())
        .isPositive()
        .isLessThanOrEqualTo(streamed.get("avg_e2e_latency_ms").asDouble());
  }

  @Test
  void analyzeComputesWhatTheServerImplies() throws IOException {
    String report = run.agentDirectory().resolve("report.json").toString();
    String table =
        command("analyze", run.agentDirectory().resolve("debug/sessions").toString(), "-o", report);
    JsonNode json = JSON.readTree(Path.of(report).toFile());
    long tools = ledger.toolCalls().values().stream().mapToLong(Long::longValue).sum();
    int sessions = RUNS_OF_SERVICES + 1;
    JsonNode metrics = json.get("metrics");

    assertThat(table).contains("Sessions analyzed: " + sessions, "Assistant.answer, Live.answer");
    assertThat(json.get("total_sessions").asLong()).isEqualTo(sessions);
    assertThat(metrics.get("total_tool_calls").asLong()).isEqualTo(tools).isEqualTo(6);
    assertThat(metrics.get("success_rate").asDouble())
        .isEqualTo((sessions - FAILED_RUNS) / (double) sessions);
    assertThat(metrics.get("avg_tool_calls_per_session").asDouble())
        .isEqualTo(tools / (double) sessions);
    JsonNode answers = json.get("skill_breakdown").get("Assistant.answer");
    assertThat(answers.get("invocations").asLong()).isEqualTo(12);
    assertThat(answers.get("total_tool_calls").asLong()).isEqualTo(5);
  }

  /** A run in which a model was called is one session, and so is a request outside of all runs. */
  @Test
  void slaKnowsEachSessionWithARequest() {
    long known = RUNS_OF_SERVICES + requestsOfAll() - REQUESTS_IN_RUNS;
    JsonNode all = report().get("all");

    assertThat(all.get("known_sessions").asLong()).isEqualTo(known);
    assertThat(kept.rolledUp("known_sessions")).isEqualTo(known);
    assertThat(kept.rolledUp("total_streams")).isEqualTo(known);
    assertThat(kept.rolledUp("swapped_sessions")).isZero();
    assertThat(
            kept.rolledUp("startup_success_sessions")
                + kept.rolledUp("excused_sessions")
                + kept.rolledUp("unexcused_sessions"))
        .isEqualTo(known);
    // In the chapter with failures, one blocking and one streamed question are throttled for good.
    assertThat(kept.rolledUp("missing_capacity_count")).isEqualTo(2);
    // The stream whose callback throws is cancelled: an error that is excusable, and no failure.
    assertThat(kept.rolledUp("error_count")).isEqualTo(errorsOfAll() + 1);
  }

  private static long errorsOfAll() {
    Dump dump = run.dump();
    return dump.adapters().stream().mapToLong(adapter -> adapter.count("error_count")).sum();
  }

  /** Returns the rows of a report by what they are grouped by; {@code all} without a grouping. */
  private static Map<String, JsonNode> report(String... options) {
    List<String> words = new ArrayList<>(List.of("sla", run.agentDirectory().toString(), "--json"));
    words.addAll(List.of(options));
    try {
      Map<String, JsonNode> rows = new TreeMap<>();
      String json = command(words.toArray(String[]::new));
      for (JsonNode row : JSON.readTree(json).get("rows")) {
        rows.put(row.path("model").asString("all"), row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void doesNotTrip() {
    assertThat(run.dump().agentErrors()).isZero();
    assertThat(run.stderr()).isEmpty();
    assertThat(run.agentLog()).noneMatch(line -> line.matches("(?i).*\\b(warn|error)\\b.*"));
  }
}
