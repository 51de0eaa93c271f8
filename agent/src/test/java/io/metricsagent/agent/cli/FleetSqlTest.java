package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The SQL of the page, read from the page and run by DuckDB over the files of three workers, gives
 * the numbers of the commands.
 */
class FleetSqlTest {
  private static final Path PAGE = Path.of("..", "agent", "docs", "session-metrics.md");
  private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);
  private static final int WORKERS = 3;
  private static final String TORN = "{\"run_id\": \"torn\", \"succ";

  private final Shell shell = new Shell();
  private final Random random = new Random(1);
  @TempDir private Path folder;

  /** A query of the page. */
  private static String query(String word) throws IOException {
    List<String> queries = new ArrayList<>();
    Matcher matcher = SQL.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      if (matcher.group(1).contains(word)) {
        queries.add(matcher.group(1));
      }
    }
    assertThat(queries).as("queries of %s with %s", PAGE, word).hasSize(1);
    return queries.get(0);
  }

  private List<List<Object>> run(String sql) throws Exception {
    List<List<Object>> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("SET file_search_path = '" + folder + "'");
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getObject(i));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private Path worker(int number) {
    return folder.resolve("workers").resolve("w" + number);
  }

  @BeforeEach
  void files() throws Exception {
    for (int worker = 0; worker < WORKERS; worker++) {
      Files.createDirectories(worker(worker).resolve("rollups"));
      Files.writeString(worker(worker).resolve("metrics.jsonl"), runs() + TORN);
      Path signals = Files.writeString(folder.resolve("signals.jsonl"), signals());
      Path rollups = worker(worker).resolve("rollups").resolve("2024-01-15_w.jsonl");
      int code =
          shell.run(
              "classify",
              "--input",
              signals.toString(),
              "--worker",
              "w" + worker,
              "--rollups",
              rollups.toString());
      assertThat(code).as(shell.err()).isZero();
      Files.writeString(rollups, Files.readString(rollups) + TORN);
      sessions(worker);
    }
  }

  /** Runs of the last two weeks, of which some end twice, fail, or have steps only. */
  private String runs() {
    String[] events = {"run.complete", "run_complete", "run.error", "heartbeat", "diagnostic"};
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"event\": \"%s\", \"timestamp\": %.3f, \"run_id\": \"%s\", \"scenario\": \"s\","
                  + " \"success\": %b, \"artifacts\": [], \"error\": null}%n",
              events[random.nextInt(events.length)],
              System.currentTimeMillis() / 1000.0 - 3600 - random.nextInt(14) * 86_400,
              random.nextInt(20) == 0 ? "" : "run-" + random.nextInt(150),
              random.nextBoolean()));
    }
    return lines.toString();
  }

  /** Two files with sessions of three skills, and of none. */
  private void sessions(int worker) throws Exception {
    String[] skills = {"null", "\"deploy\"", "\"diagnose\"", "\"create\"", "\"\""};
    for (String file : List.of("a.json", "b.json")) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        lines.append(
            """
            {"timestamp": "2024-01-15T10:00:%02d", "event": "%s", "session_id": "%s", "skill": %s}
            """
                .formatted(i, i % 3 == 0 ? "error" : "tool.called", i, skills[random.nextInt(5)]));
      }
      Path log = Files.writeString(folder.resolve("log.jsonl"), lines);
      Path output = worker(worker).resolve("debug").resolve("sessions").resolve(file);
      int code = shell.run("import-logs", log.toString(), "-o", output.toString());
      assertThat(code).as(shell.err()).isZero();
    }
  }

  private String signals() {
    String[] types = {
      "gateway_receive_stream_request",
      "gateway_receive_stream_request",
      "gateway_receive_first_processed_segment",
      "gateway_receive_few_processed_segments",
      "gateway_no_orchestrators_available",
      "orchestrator_swap"
    };
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      int session = random.nextInt(100);
      lines
          .append("{\"ts_ms\": ")
          .append(1_705_312_800_000L + random.nextInt(80_000_000))
          .append(", \"kind\": \"trace\", \"type\": \"")
          .append(types[random.nextInt(types.length)])
          .append("\", \"stream_id\": \"s")
          .append(session)
          .append(session % 4 == 0 ? "\"" : "\", \"model\": \"m" + session % 4 + "\"")
          .append("}\n");
    }
    return lines.toString();
  }

  @Test
  void weeklySuccessfulRunsAreThoseOfWasr() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int worker = 0; worker < WORKERS; worker++) {
      all.append(Files.readString(worker(worker).resolve("metrics.jsonl"))).append('\n');
    }
    Path file = Files.writeString(folder.resolve("all.jsonl"), all);
    assertThat(shell.run("wasr", "--input", file.toString())).isZero();
    long wasr = Json.MAPPER.readTree(shell.out()).get("wasr").asLong();

    assertThat(wasr).isBetween(20L, 149L);
    assertThat(run(query("wasr"))).isEqualTo(List.of(List.of(wasr)));
  }

  @Test
  void theSuccessRateBySkillIsThatOfAnalyze() throws Exception {
    Path report = folder.resolve("report.json");
    String[] args = {"analyze", "", "", "", "-o", report.toString()};
    for (int worker = 0; worker < WORKERS; worker++) {
      args[1 + worker] = worker(worker).resolve("debug").resolve("sessions").toString();
    }
    assertThat(shell.run(args)).as(shell.err()).isZero();
    JsonNode skills = Json.MAPPER.readTree(Files.readString(report)).get("skill_breakdown");

    List<List<Object>> found = run(query("success_rate"));
    assertThat(found).hasSize(3).hasSameSizeAs(skills);
    for (List<Object> row : found) {
      JsonNode expected = skills.get((String) row.get(0));
      assertThat(row.get(1)).isEqualTo(expected.get("invocations").asLong());
      assertThat(((Number) row.get(2)).doubleValue())
          .isCloseTo(expected.get("success_rate").asDouble(), within(1e-9))
          .isBetween(0.3, 0.95);
    }
  }

  @Test
  void theServiceLevelByModelIsThatOfSla() throws Exception {
    String[] args = {
      "sla",
      worker(0).toString(),
      worker(1).toString(),
      worker(2).toString(),
      "--by",
      "model",
      "--json"
    };
    assertThat(shell.run(args)).as(shell.err()).isZero();
    JsonNode rows = Json.MAPPER.readTree(shell.out()).get("rows");

    List<List<Object>> found = run(query("sla_score"));
    assertThat(found).hasSize(4).hasSameSizeAs(rows);
    String[] names = {"success_ratio", "no_swap_ratio", "sla_score", "avg_startup_time_ms"};
    for (int i = 0; i < found.size(); i++) {
      List<Object> row = found.get(i);
      JsonNode expected = rows.get(i);
      assertThat(row.get(0)).isEqualTo(expected.get("model").asStringOpt().orElse(null));
      assertThat(row.get(1).toString()).isEqualTo(expected.get("known_sessions").toString());
      for (int column = 0; column < names.length; column++) {
        assertThat(((Number) row.get(2 + column)).doubleValue())
            .as(names[column])
            .isCloseTo(expected.get(names[column]).asDouble(), within(1e-6));
      }
    }
    assertThat(found.stream().map(row -> row.get(2)).collect(Collectors.toSet()))
        .as("the models differ")
        .hasSizeGreaterThan(1);
  }
}
