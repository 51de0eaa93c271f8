package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final String SNAPSHOT =
      """
      {"schema_version": 1, "captured_at": "2024-01-15T10:30:00Z",
       "started_at": "2024-01-15T10:00:00Z", "worker_id": "worker-1", "service_name": "shop",
       "adapters": [
         {"adapter": "openai", "model": "gpt-4o-mini", "operation": "chat", "experiment": null,
          "call_latency": {"p50": 800.4}, "total_latency": {"p50": 812.6, "p95": 1900, "p99": 2100},
          "time_to_first_token": {"p50": null}, "input_tokens": 1200, "output_tokens": 345,
          "cached_tokens": 0, "request_count": 12, "error_count": 1, "throttle_count": 2},
         {"adapter": "anthropic", "model": null, "operation": "chat", "experiment": "b",
          "call_latency": {"p50": 9.871}, "total_latency": {"p50": 12.34, "p95": 13, "p99": 14},
          "time_to_first_token": {"p50": 0.5}, "input_tokens": 7, "output_tokens": 1,
          "cached_tokens": 3, "request_count": 1, "error_count": 0, "throttle_count": 0}],
       "tools": [
         {"tool_name": "search", "experiment": null, "latency": {"p50": 40, "p95": 50, "p99": 60},
          "call_count": 8, "success_count": 7, "failure_count": 1, "failure_rate": 0.125,
          "error_codes": {"not_found": 1, "timeout": 3}},
         {"tool_name": "idle", "experiment": null, "latency": {"p50": null}, "call_count": 0,
          "failure_count": 0, "failure_rate": null, "error_codes": {}}],
       "mailboxes": [
         {"queue_name": "jobs", "system": "kafka", "queue_lag": {"p50": 250, "p95": 900},
          "messages_received": 10, "messages_acked": 9, "messages_nacked": 1,
          "messages_expired": 0, "messages_dead_lettered": 0, "total_retries": 2,
          "queue_depth": null}],
       "agent": {"version": "0.1.0", "series_dropped": 4, "instrumentations": [
         {"name": "jms", "woven_methods": 0, "skipped": 0, "errors": 0},
         {"name": "langchain4j", "woven_methods": 5, "skipped": 1, "errors": 0}]}}
      """;

  private final Shell shell = new Shell();
  @TempDir private Path folder;
  private Path dumps;

  @BeforeEach
  void makeFolder() throws IOException {
    dumps = Files.createDirectories(folder.resolve("debug").resolve("metrics"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dumps.resolve(name), text);
  }

  @Test
  void printsASnapshotAsTables() throws Exception {
    Path file = write("2024-01-15T10:30:00Z_worker-1.json", SNAPSHOT);

    assertThat(shell.run("inspect", file.toString())).isZero();

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out().lines())
        .containsExactly(
            file.toString(),
            "worker    service  recorded since        captured at",
            "worker-1  shop     2024-01-15T10:00:00Z  2024-01-15T10:30:00Z",
            "",
            "adapter    model        operation  experiment  requests  errors  throttles  p50 ms"
                + "  p95 ms  p99 ms  call p50  ttft p50  in tokens  out tokens  cached",
            "openai     gpt-4o-mini  chat       -                 12       1          2     813"
                + "    1900    2100       800         -       1200         345       0",
            "anthropic  -            chat       b                  1       0          0    12.3"
                + "    13.0    14.0      9.87      0.50          7           1       3",
            "",
            "tool    calls  failures  failure rate  p50 ms  p95 ms  p99 ms  error codes",
            "search      8         1         12.5%    40.0    50.0    60.0  timeout 3, not_found 1",
            "idle        0         0             -       -       -       -  -",
            "",
            "queue  system  received  acked  nacked  expired  dead  retries  depth  lag p50 ms"
                + "  lag p95 ms",
            "jobs   kafka         10      9       1        0     0        2      -         250"
                + "         900",
            "",
            "agent 0.1.0: langchain4j (5 methods, 1 skipped, 0 errors), 4 series over the limit,"
                + " folded into _other");
  }

  private static String point(String name, String tags, String value, int second) {
    return """
    {"name": "%s", "tags": {%s}, "value": %s, "at": "2024-01-15T10:29:%02dZ"}\
    """
        .formatted(name, tags, value, second);
  }

  private static String withPoints(List<String> points) {
    return SNAPSHOT.replace(
        "\"agent\":", "\"points\": [" + String.join(", ", points) + "],\n\"agent\":");
  }

  @Test
  void printsThePointsOfASnapshot() throws Exception {
    Path file =
        write(
            "points.json",
            withPoints(
                List.of(
                    point("runs", "\"run_type\": \"train\", \"state\": \"finished\"", "4.0", 1),
                    point("run.sps", "\"run_id\": \"r\\u001b[31m\"", "0.123456789", 2),
                    point("run.dropped", "", "1e999", 3))));

    assertThat(shell.run("inspect", file.toString())).isZero();

    assertThat(shell.out().lines())
        .containsSubsequence(
            "",
            "gauge           value  tags                           measured at",
            "run.dropped         -  -                              2024-01-15T10:29:03Z",
            "run.sps      0.123457  run_id=r?[31m                  2024-01-15T10:29:02Z",
            "runs                4  run_type=train state=finished  2024-01-15T10:29:01Z",
            "")
        .noneMatch(line -> line.startsWith("and "));
  }

  @Test
  void printsTheNewestPointsOfAGaugeAndHowManyMoreThereAre() throws Exception {
    List<String> points = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      points.add(point("run.sps", "\"run_id\": \"r" + i + "\"", String.valueOf(i), i));
    }
    Path file = write("points.json", withPoints(points));

    assertThat(shell.run("inspect", file.toString())).isZero();
    assertThat(shell.out().lines().filter(line -> line.startsWith("run.sps"))).hasSize(10);
    assertThat(shell.out())
        .contains("run_id=r14", "run_id=r5", "and 5 more of run.sps: --json prints all")
        .doesNotContain("run_id=r4 ");

    assertThat(shell.run("inspect", "--json", file.toString())).isZero();
    assertThat(shell.out()).contains("\"r0\"", "\"r14\"");
  }

  @Test
  void printsRequestsOfTheModelContextProtocolIfThereAreAny() throws Exception {
    Path file =
        write(
            "2024-01-15T10:30:00Z_worker-1.json",
            """
            {"schema_version": 1, "mcp": [
              {"side": "client", "method": "ping", "tool_name": null, "experiment": null,
               "duration": {"p50": 1.5, "p95": 2, "p99": 3}, "request_count": 4,
               "error_count": 0, "error_types": {}},
              {"side": "server", "method": "tools/call", "tool_name": "price", "experiment": null,
               "duration": {"p50": 40, "p95": 50, "p99": 60}, "request_count": 8,
               "error_count": 1, "error_types": {"tool_error": 1}}]}
            """);

    assertThat(shell.run("inspect", file.toString())).isZero();

    assertThat(shell.out().lines())
        .containsSequence(
            "mcp side  method      tool   requests  errors  p50 ms  p95 ms  p99 ms  error types",
            "client    ping        -             4       0    1.50    2.00    3.00  -",
            "server    tools/call  price         8       1    40.0    50.0    60.0  tool_error 1");
  }

  @Test
  void takesTheNewestOfAFolder() throws Exception {
    write("2024-01-15T10:30:00Z_worker-1.json", SNAPSHOT);
    // As Windows writes it.
    Path newest = write("2024-01-15T10-31-00Z_worker-1.json", SNAPSHOT);
    write("2024-01-15T10:29:00Z_worker-1.json", SNAPSHOT);
    write("2024-01-15T10:32:00Z_worker-1.json.tmp", "half");
    write("notes.json", "{}");

    assertThat(shell.run("inspect", folder.toString())).isZero();
    assertThat(shell.out()).startsWith(newest.toString());
    assertThat(shell.run("inspect", dumps.toString())).isZero();
    assertThat(shell.out()).startsWith(newest.toString());

    shell.properties.setProperty("metrics.agent.dir", folder.toString());
    assertThat(shell.run("inspect")).isZero();
    assertThat(shell.out()).startsWith(newest.toString());
  }

  /** A clock that was once far ahead must not hide what was measured since. */
  @Test
  void aFileFromTheFutureIsNotTheNewest() throws Exception {
    Path newest = write("2024-01-15T10:31:00Z_worker-1.json", SNAPSHOT);
    write("2999-01-15T10:30:00Z_worker-1.json", SNAPSHOT);

    assertThat(shell.run("inspect", folder.toString())).isZero();
    assertThat(shell.out()).startsWith(newest.toString());
  }

  @Test
  void printsTheJsonOfTheFile() throws Exception {
    Path file = write("2024-01-15T10:30:00Z_worker-1.json", SNAPSHOT);

    assertThat(shell.run("inspect", "--json", file.toString())).isZero();

    assertThat(shell.out()).isEqualToNormalizingNewlines(SNAPSHOT);
  }

  @Test
  void aSnapshotWithoutSeriesSaysSo() throws Exception {
    Path file = write("2024-01-15T10:30:00Z_worker-1.json", "{\"schema_version\": 1}");

    assertThat(shell.run("inspect", file.toString())).isZero();
    assertThat(shell.out())
        .contains("no adapters", "no tools", "no mailboxes", "agent ?: no instrumentation");
  }

  @Test
  void aMissingPathIsAUsageError() {
    String missing = folder.resolve("missing").toString();

    assertThat(shell.run("inspect", missing)).isEqualTo(2);
    assertThat(shell.err()).startsWith(missing + ": no such file or folder; give");
  }

  @Test
  void aFolderWithoutSnapshotsIsAUsageError() {
    assertThat(shell.run("inspect", folder.toString())).isEqualTo(2);
    assertThat(shell.err()).contains(folder + ": no snapshot in it, nor in " + dumps);
  }

  @Test
  void brokenJsonIsReportedWithLineAndColumn() throws Exception {
    Path file = write("broken.json", "{\"schema_version\": 1,\n  \"tools\": x}");

    assertThat(shell.run("inspect", file.toString())).isEqualTo(1);
    assertThat(shell.err()).startsWith(file + ":2:12: not JSON: Unrecognized token 'x'");
    assertThat(shell.err().lines()).hasSize(1);
  }

  @Test
  void anEmptyFileAndOtherJsonAreReported() throws Exception {
    for (String text : new String[] {"", "[]", "{}", "1"}) {
      Path file = write("other.json", text);
      assertThat(shell.run("inspect", file.toString())).isEqualTo(1);
      assertThat(shell.err()).startsWith(file + ": not a snapshot: it has no schema_version");
    }
  }

  @Test
  void namesWithoutEndAreCutInTheirMiddle() throws Exception {
    String name = "com.acme." + "x".repeat(5_000) + ".Tool.call";
    StringBuilder codes = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      codes.append(i == 0 ? "" : ", ").append("\"%s-%02d\": 1".formatted("e".repeat(150), i));
    }
    Path file =
        write(
            "2024-01-15T10:30:00Z_worker-1.json",
            """
            {"schema_version": 1, "worker_id": "%s", "tools": [
              {"tool_name": "%s", "experiment": "%s", "call_count": 8, "error_codes": {%s}}]}
            """
                .formatted(name, name, name, codes));
    assertThat(shell.run("inspect", file.toString())).isZero();
    assertThat(shell.out().lines().skip(1)).allMatch(line -> line.length() < 1_000);
    assertThat(shell.out()).contains("com.acme.xx", "...", "x.Tool.call", ", 24 more");
  }

  @Test
  void aNameDoesNotTurnOrBreakALine() throws Exception {
    Path file =
        write(
            "2024-01-15T10:30:00Z_worker-1.json",
            """
            {"schema_version": 1, "tools": [{"tool_name": "a\\u202eb\\u2028c\\u001b[31m"}],
             "agent": {"instrumentations": [{"name": "d\\u009be", "woven_methods": 1}]}}
            """);
    assertThat(shell.run("inspect", file.toString())).isZero();
    assertThat(shell.out()).contains("a?b?c?[31m", "d?e (1 methods");
  }

  @Test
  void aFileThatLinksElsewhereIsNoneOfAFolder() throws Exception {
    Path file = write("2024-01-15T10:30:00Z_worker-1.json", SNAPSHOT);
    Path link = dumps.resolve("2024-01-15T10:31:00Z_worker-1.json");
    Files.createSymbolicLink(link, Files.writeString(folder.resolve("other"), SNAPSHOT));
    assertThat(shell.run("inspect", folder.toString())).isZero();
    assertThat(shell.out()).startsWith(file.toString());
  }
}
