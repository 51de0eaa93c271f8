package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * The contract of sessions, statement by statement; the number in the name of a test is that of the
 * statement. The data is written by hand.
 */
class SessionsContractTest {
  /** The session of the specification's first example. */
  private static final String DEPLOY =
      """
      {
        "session_id": "abc12345-6789",
        "start_time": "2024-01-15T10:30:00",
        "end_time": "2024-01-15T10:30:02.340900",
        "skill_name": "azure-deploy",
        "prompt": "Deploy my app to Azure",
        "output": "Deployed to https://myapp.azurewebsites.net",
        "events": [
          {"timestamp": "2024-01-15T10:30:00.100000", "event_type": "skill.invoked",
           "skill_name": "azure-deploy", "data": {}, "session_id": "abc12345-6789"},
          {"timestamp": "2024-01-15T10:30:01", "event_type": "tool.called", "skill_name": null,
           "data": {"tool": "az", "args": ["webapp", "create"]}, "session_id": "abc12345-6789"},
          {"timestamp": "2024-01-15T10:30:02", "event_type": "tool.completed",
           "skill_name": null, "data": {"tool": "az", "success": true},
           "session_id": "abc12345-6789"}
        ],
        "tool_calls": [{"tool": "az", "args": ["webapp", "create"]}],
        "success": true,
        "error": null,
        "duration_ms": 2340,
        "metadata": {"user_id": "user123", "environment": "production"}
      }\
      """;

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private static String session(String id, String skill, boolean success, int calls, int millis) {
    String call = "{\"tool\": \"az\"}";
    return String.format(
        "{\"session_id\": \"%s\", \"start_time\": \"2024-01-15T10:30:00\", \"end_time\":"
            + " \"2024-01-15T10:30:%02d.%03d000\", \"skill_name\": %s, \"tool_calls\": [%s],"
            + " \"success\": %b}",
        id,
        millis / 1000,
        millis % 1000,
        skill == null ? "null" : '"' + skill + '"',
        String.join(", ", java.util.Collections.nCopies(calls, call)),
        success);
  }

  private Path file(String name, String... sessions) throws Exception {
    return Files.writeString(
        folder.resolve(name),
        "{\"exported_at\": \"2024-01-16T00:00:00\", \"sessions\": ["
            + String.join(",\n", sessions)
            + "]}");
  }

  private JsonNode analysis(String... sessions) throws Exception {
    Path report = folder.resolve("report.out");
    run("analyze", file("sessions.json", sessions), "-o", report.toString());
    return Json.MAPPER.readTree(Files.readString(report));
  }

  private void run(String command, Path file, String... options) {
    String[] args = new String[options.length + 2];
    args[0] = command;
    args[1] = file.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    int code = shell.run(args);
    assertThat(code).as(shell.err()).isZero();
  }

  private Map<String, Object> task(String... sessions) throws Exception {
    Path tasks = folder.resolve("tasks");
    run("to-evals", file("sessions.json", sessions), "-o", tasks.toString());
    try (var files = Files.list(tasks)) {
      return new Yaml().load(Files.readString(files.toList().get(0)));
    }
  }

  private Path imported(String... lines) throws Exception {
    Path log = Files.writeString(folder.resolve("app.log"), String.join("\n", lines) + "\n");
    Path sessions = folder.resolve("made/by/import/sessions.json");
    run("import-logs", log, "-o", sessions.toString());
    return sessions;
  }

  private static JsonNode json(Path file) throws Exception {
    return Json.MAPPER.readTree(Files.readString(file));
  }

  private static final String[] LOG = {
    "{\"timestamp\": \"2024-01-15T10:30:00\", \"event\": \"skill.invoked\", \"skill\":"
        + " \"azure-deploy\", \"session_id\": \"s-1\"}",
    "{\"timestamp\": \"2024-01-15T12:30:01.5+02:00\", \"event\": \"tool.called\", \"data\":"
        + " {\"tool\": \"az\"}, \"session_id\": \"s-1\"}",
    "{\"timestamp\": \"2024-01-15T10:30:01\", \"event\": \"my.own\", \"skill\": \"other\","
        + " \"session_id\": \"s-2\"}",
    "{\"timestamp\": \"2024-01-15T10:30:02.250\", \"event\": \"tool.called\", \"skill\":"
        + " \"late\", \"data\": {}, \"session_id\": \"s-1\"}"
  };

  @Test
  void s1_aSessionHasTheDocumentedFieldsInTheirOrderAndTheDuration() throws Exception {
    JsonNode session = json(imported(LOG)).get("sessions").get(0);
    assertThat(session.propertyNames())
        .containsExactly(
            "session_id",
            "start_time",
            "end_time",
            "skill_name",
            "prompt",
            "output",
            "events",
            "tool_calls",
            "success",
            "error",
            "duration_ms",
            "metadata");
    assertThat(session.get("prompt").asString()).isEmpty();
    assertThat(session.get("output").asString()).isEmpty();
    assertThat(session.get("success").asBoolean()).isTrue();
    assertThat(session.get("error").isNull()).isTrue();
    assertThat(session.get("metadata").isEmpty()).isTrue();
  }

  @Test
  void s1_missingFieldsHaveTheDocumentedDefaults() throws Exception {
    Map<String, Object> task =
        task("{\"session_id\": \"a\", \"start_time\": \"2024-01-15T10:30:00\"}");
    assertThat(task.get("inputs")).isEqualTo(Map.of("prompt", "", "context", Map.of()));
    Map<?, ?> captured = (Map<?, ?>) task.get("captured");
    assertThat(captured.get("output")).isEqualTo("");
    assertThat(captured.get("events")).isEqualTo(List.of());
    assertThat(captured.get("tool_calls")).isEqualTo(List.of());
    assertThat(captured.get("success")).isEqualTo(true);
    assertThat(captured.get("error")).isNull();
    assertThat(captured.get("duration_ms")).isEqualTo(0);
  }

  @Test
  void s2_anEventHasTheDocumentedFieldsAndOtherTypesAreKept() throws Exception {
    JsonNode sessions = json(imported(LOG)).get("sessions");
    JsonNode own = sessions.get(1).get("events").get(0);
    assertThat(own.propertyNames())
        .containsExactly("timestamp", "event_type", "skill_name", "data", "session_id");
    assertThat(own.get("event_type").asString()).isEqualTo("my.own");
    assertThat(own.get("data").isEmpty()).isTrue();
    assertThat(own.get("session_id").asString()).isEqualTo("s-2");
    assertThat(sessions.get(0).get("events").get(1).get("skill_name").isNull()).isTrue();
  }

  @Test
  void s4_theFirstSkillIsTheSessionsAndToolCallsAreThoseWithData() throws Exception {
    JsonNode session = json(imported(LOG)).get("sessions").get(0);
    assertThat(session.get("skill_name").asString()).isEqualTo("azure-deploy");
    assertThat(session.get("events")).hasSize(3);
    assertThat(session.get("tool_calls").toString()).isEqualTo("[{\"tool\":\"az\"}]");
  }

  @Test
  void s5_aFileHasItsTimeAndTheSessionsIndentedAndItsFolderIsMade() throws Exception {
    String text = Files.readString(imported(LOG));
    assertThat(text)
        .matches("(?s)\\{\n  \"exported_at\": \"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+\",\n.*}\n")
        .contains("  \"sessions\": [\n    {\n      \"session_id\": \"s-1\",\n")
        .contains("      \"start_time\": \"2024-01-15T10:30:00\",\n")
        .contains("      \"end_time\": \"2024-01-15T10:30:02.250000\",\n")
        .contains("      \"metadata\": {}\n    },\n    {\n");
  }

  @Test
  void s5_timesWithAndWithoutOffsetAreReadInOneFile() throws Exception {
    JsonNode range =
        analysis(
                session("a", null, true, 0, 5000),
                "{\"session_id\": \"b\", \"start_time\": \"2024-01-15T12:29:00+02:00\","
                    + " \"end_time\": \"2024-01-15T10:30:04Z\"}",
                "{\"session_id\": \"c\", \"start_time\": \"2024-01-15T10:30:01+00:00\"}")
            .get("time_range");
    assertThat(range.toString())
        .isEqualTo("{\"start\":\"2024-01-15T10:29:00\",\"end\":\"2024-01-15T10:30:05\"}");
  }

  @Test
  void s6_theDurationIsCutToWholeMillisecondsAndIsZeroWithoutAnEnd() throws Exception {
    JsonNode metrics =
        analysis(DEPLOY, "{\"session_id\": \"b\", \"start_time\": \"2024-01-15T10:30:00\"}")
            .get("metrics");
    assertThat(metrics.get("avg_duration_ms").asDouble()).isEqualTo(1170);
  }

  @Test
  void s7_theAnalysisHasTheDocumentedFields() throws Exception {
    analysis(
        session("a", "deploy", true, 3, 1000),
        session("b", "deploy", false, 0, 2000),
        session("c", "create", true, 1, 500),
        session("d", null, true, 3, 1500));
    assertThat(Files.readString(folder.resolve("report.out")))
        .isEqualTo(
            """
            {
              "total_sessions": 4,
              "skills": [
                "deploy",
                "create"
              ],
              "metrics": {
                "success_rate": 0.75,
                "avg_duration_ms": 1250.0,
                "total_tool_calls": 7,
                "avg_tool_calls_per_session": 1.75
              },
              "skill_breakdown": {
                "deploy": {
                  "invocations": 2,
                  "success_rate": 0.5,
                  "avg_duration_ms": 1500.0,
                  "total_tool_calls": 3
                },
                "create": {
                  "invocations": 1,
                  "success_rate": 1.0,
                  "avg_duration_ms": 500.0,
                  "total_tool_calls": 1
                }
              },
              "time_range": {
                "start": "2024-01-15T10:30:00",
                "end": "2024-01-15T10:30:02"
              }
            }
            """);
  }

  @Test
  void s7_theEndOfTheRangeIsNullIfNoSessionHasAnEnd() throws Exception {
    JsonNode range =
        analysis("{\"session_id\": \"b\", \"start_time\": \"2024-01-15T10:30:00\"}")
            .get("time_range");
    assertThat(range.get("end").isNull()).isTrue();
  }

  @Test
  void s8_sessionsWithoutASkillCountInTheTotalsOnly() throws Exception {
    JsonNode report = analysis(session("a", null, true, 1, 100), session("b", "", true, 1, 100));
    assertThat(report.get("total_sessions").asInt()).isEqualTo(2);
    assertThat(report.get("skills").isEmpty()).isTrue();
    assertThat(report.get("skill_breakdown").isEmpty()).isTrue();
  }

  @Test
  void s8_invocationsAreSessionsAndNotEvents() throws Exception {
    String twice = DEPLOY.replace("tool.completed", "skill.invoked");
    JsonNode skill = analysis(twice).get("skill_breakdown").get("azure-deploy");
    assertThat(skill.get("invocations").asInt()).isEqualTo(1);
  }

  @Test
  void s8_nothingMatchedIsThreeFields() throws Exception {
    assertThat(analysis().toString())
        .isEqualTo("{\"total_sessions\":0,\"skills\":[],\"metrics\":{}}");
    Path report = folder.resolve("r.out");
    run("analyze", file("a.json", DEPLOY), "--skill", "none", "-o", report.toString());
    assertThat(json(report).toString())
        .isEqualTo("{\"total_sessions\":0,\"skills\":[],\"metrics\":{}}");
    assertThat(shell.out()).contains("Sessions analyzed: 0\n").doesNotContain("Runtime Metrics");
  }

  @Test
  void s9_theScreenShowsTheDocumentedTable() throws Exception {
    String[] sessions = new String[1234];
    for (int i = 0; i < sessions.length; i++) {
      int calls = i < 285 ? 8 : 7;
      sessions[i] = session("s" + i, "azure-deploy", i % 17 != 3, i < 283 ? 8 : calls, 2340);
    }
    run("analyze", file("a.json", sessions));
    assertThat(shell.out())
        .isEqualTo(
            """
            Runtime Telemetry Analysis

            Sessions analyzed: 1,234
            Skills invoked: azure-deploy

                            Runtime Metrics               \s
            ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━┓
            ┃ Metric                    ┃ Value          ┃
            ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━┩
            │ success_rate              │         94.1%  │
            │ avg_duration_ms           │         2,340  │
            │ total_tool_calls          │         8,923  │
            │ avg_tool_calls_per_session│           7.2  │
            └───────────────────────────┴────────────────┘
            """);
  }

  @Test
  void s9_aFolderStandsForAllItsJsonFiles() throws Exception {
    file("a.json", session("a", "deploy", true, 0, 100));
    file("b.json", session("b", "create", true, 0, 100));
    file("c.txt", session("c", "create", true, 0, 100));
    run("analyze", folder);
    assertThat(shell.out())
        .contains("Sessions analyzed: 2\n")
        .contains("Skills invoked: create, deploy\n");
  }

  @Test
  void s9_oneSkillCanBeAskedFor() throws Exception {
    Path file =
        file("a.json", session("a", "deploy", true, 0, 100), session("b", "create", true, 0, 100));
    for (String option : List.of("-s", "--skill")) {
      run("analyze", file, option, "create");
      assertThat(shell.out())
          .contains("Sessions analyzed: 1\n")
          .contains("Skills invoked: create\n");
    }
  }

  @Test
  void s9_theFileWithTheFiguresIsNamed() throws Exception {
    Path report = folder.resolve("new/report.json");
    run("analyze", file("a.json", DEPLOY), "-o", report.toString());
    assertThat(shell.out()).endsWith("Analysis written to " + report + "\n");
    assertThat(json(report).get("metrics").get("success_rate").asDouble()).isEqualTo(1.0);
  }

  @Test
  void s9_aMissingPathIsWrongUsageAndABadFileFails() throws Exception {
    assertThat(shell.run("analyze", folder.resolve("none.json").toString())).isEqualTo(2);
    Path torn = Files.writeString(folder.resolve("torn.json"), "{\"sessions\": [{\"session_id\"");
    assertThat(shell.run("analyze", torn.toString())).isEqualTo(1);
    assertThat(shell.err())
        .startsWith("Analysis failed: " + torn + ": torn: its JSON ends at line 1");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void s10_aTaskHasTheDocumentedShape() throws Exception {
    Map<String, Object> task = task(DEPLOY);
    assertThat(task.keySet()).containsExactly("id", "name", "description", "inputs", "captured");
    assertThat(task.get("id")).isEqualTo("runtime-abc12345-6789");
    assertThat(task.get("name")).isEqualTo("Runtime session abc12345");
    assertThat(task.get("description")).isEqualTo("Captured from runtime on 2024-01-15T10:30:00");
    assertThat(task.get("inputs"))
        .isEqualTo(
            Map.of(
                "prompt",
                "Deploy my app to Azure",
                "context",
                Map.of("user_id", "user123", "environment", "production")));
    Map<?, ?> captured = (Map<?, ?>) task.get("captured");
    assertThat(captured.keySet().stream().map(String::valueOf))
        .containsExactly("output", "tool_calls", "events", "duration_ms", "success", "error");
    assertThat(captured.get("tool_calls"))
        .isEqualTo(List.of(Map.of("tool", "az", "args", List.of("webapp", "create"))));
    assertThat((List<?>) captured.get("events")).hasSize(3);
    assertThat(captured.get("duration_ms")).isEqualTo(2340);
    assertThat(folder.resolve("tasks/runtime-abc12345-6789.yaml")).exists();
  }

  @Test
  void s11_metadataIsMetadataAndDataIsData() throws Exception {
    Map<String, Object> task = task(DEPLOY);
    Map<?, ?> context = (Map<?, ?>) ((Map<?, ?>) task.get("inputs")).get("context");
    assertThat(context.get("user_id")).isEqualTo("user123");
    Map<?, ?> captured = (Map<?, ?>) task.get("captured");
    Map<?, ?> called = (Map<?, ?>) ((List<?>) captured.get("events")).get(1);
    assertThat(called.get("skill_name")).isNull();
    assertThat(((Map<?, ?>) called.get("data")).get("tool")).isEqualTo("az");
  }

  @Test
  void s12_linesOfALogBecomeSessionsGroupedByTheirIds() throws Exception {
    JsonNode sessions = json(imported(LOG)).get("sessions");
    assertThat(sessions).hasSize(2);
    assertThat(sessions.get(0).get("session_id").asString()).isEqualTo("s-1");
    assertThat(sessions.get(0).get("start_time").asString()).isEqualTo("2024-01-15T10:30:00");
    assertThat(sessions.get(0).get("duration_ms").asInt()).isEqualTo(2250);
    assertThat(sessions.get(0).get("events").get(1).get("timestamp").asString())
        .isEqualTo("2024-01-15T10:30:01.500000");
    assertThat(sessions.get(1).get("skill_name").asString()).isEqualTo("other");
  }

  @Test
  void s12_linesWithoutAnEventAreSkippedAndToldByNumber() throws Exception {
    imported(LOG[0], "torn {", "", "{\"timestamp\": \"2024-01-15T10:30:00\"}", LOG[1]);
    assertThat(shell.err())
        .isEqualTo(folder.resolve("app.log") + ": skipped 2 lines that hold no event: 2, 4\n");
    assertThat(shell.out()).startsWith("1 session written to ");
  }

  @Test
  void s13_sessionsCanBeAnonymizedBeforeTheyAreExported() throws Exception {
    Path file = file("a.json", DEPLOY.replace("my app", "the app of jane.doe@example.com"));
    Path tasks = folder.resolve("clean");
    run("to-evals", file, "--redact", "-o", tasks.toString());
    assertThat(Files.readString(tasks.resolve("runtime-abc12345-6789.yaml")))
        .contains("Deploy the app of [redacted:email] to Azure")
        .doesNotContain("jane.doe");
  }
}
