package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * An application of the specification's shape, which knows nothing of the agent, is measured by a
 * rule file: the snapshot says what the application has counted itself, field by field.
 */
@ExtendWith(ShowRuns.class)
class OwnRulesIT {
  private static final int MAX_LINES = 40;

  private static final List<String> ADAPTER_COUNTS =
      List.of(
          "request_count",
          "error_count",
          "throttle_count",
          "input_tokens",
          "output_tokens",
          "cached_tokens");

  private static final List<String> LATENCIES =
      List.of("render_latency", "call_latency", "parse_latency", "tool_latency", "total_latency");

  private static final List<String> MAILBOX_COUNTS =
      List.of(
          "messages_received",
          "messages_acked",
          "messages_nacked",
          "messages_expired",
          "messages_dead_lettered",
          "total_retries",
          "queue_depth");

  private static Path rules() {
    return Artifacts.app("own-rules").getParent().resolveSibling("rules.yaml");
  }

  @Test
  void theFileIsShort() throws IOException {
    assertThat(Files.readAllLines(rules())).hasSizeLessThanOrEqualTo(MAX_LINES);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void theSnapshotIsWhatTheApplicationHasCounted(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting("metrics.agent.rules.file", rules().toString())
            .jar(Artifacts.app("own-rules"))
            .run();
    assertThat(run.exitCode()).isZero();
    assertThat(run.agentLog()).noneMatch(line -> line.contains("rules.yaml"));
    Map<String, Long> told = told(run.stdout());
    Dump dump = run.dump();

    assertThat(measured(dump)).containsExactlyInAnyOrderEntriesOf(counts(told));
    assertTimesBetween(dump, told);
    assertAges(dump);
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("user").skipped()).isZero();
  }

  private static Map<String, Long> told(String stdout) {
    Map<String, Long> told = new TreeMap<>();
    for (String line : stdout.lines().toList()) {
      int equals = line.lastIndexOf('=');
      told.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
    }
    return told;
  }

  private static Map<String, Long> counts(Map<String, Long> told) {
    Map<String, Long> counts = new TreeMap<>(told);
    counts.keySet().removeIf(figure -> figure.startsWith("at-"));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static Map<String, Long> measured(Dump dump) {
    Map<String, Long> all = new TreeMap<>();
    for (Dump.Adapter adapter : dump.adapters()) {
      assertThat(adapter.json().path("operation").asString()).isEqualTo("chat");
      String series = series(adapter.json());
      ADAPTER_COUNTS.forEach(field -> all.put(series + field, adapter.count(field)));
      LATENCIES.forEach(
          field -> all.put(series + field + ".total_count", adapter.latency(field).count()));
      adapter.errorTypes().forEach((type, count) -> all.put(series + "error_types." + type, count));
    }
    for (Dump.Tool tool : dump.tools()) {
      String series = "tools/" + tool.name() + "/";
      for (String field : List.of("call_count", "success_count", "failure_count")) {
        all.merge(series + field, tool.count(field), Long::sum); // of both experiments
      }
      all.merge(series + "latency.total_count", tool.latency().count(), Long::sum);
      tool.errorCodes()
          .forEach((code, count) -> all.merge(series + "error_codes." + code, count, Long::sum));
    }
    for (Dump.Mailbox mailbox : dump.mailboxes()) {
      String series = "mailboxes/" + mailbox.json().path("queue_name").asString() + "/";
      MAILBOX_COUNTS.forEach(field -> all.put(series + field, mailbox.count(field)));
      all.put(series + "queue_lag.total_count", mailbox.lag().count());
      for (int i = 0; i < mailbox.deliveries().size(); i++) {
        all.put(series + "delivery_count_dist." + (i + 1), mailbox.deliveries().get(i));
      }
    }
    all.values().removeIf(count -> count == 0);
    return all;
  }

  private static String series(JsonNode adapter) {
    return "adapters/"
        + adapter.path("adapter").asString()
        + "/"
        + adapter.path("model").asString()
        + "/"
        + adapter.path("experiment").asString()
        + "/";
  }

  /** The application has measured each phase from outside, and one of them from inside. */
  private static void assertTimesBetween(Dump dump, Map<String, Long> told) {
    Dump.Adapter baseline =
        dump.adapters().stream()
            .filter(adapter -> series(adapter.json()).endsWith("/baseline/"))
            .findFirst()
            .orElseThrow();
    String series = series(baseline.json());
    for (String phase : LATENCIES.subList(0, LATENCIES.size() - 1)) {
      assertThat(baseline.latency(phase).sum())
          .as(phase)
          .isPositive()
          .isLessThanOrEqualTo(told.get("at-most/" + series + phase) / 1e6);
    }
    assertThat(baseline.latency("call_latency").sum())
        .isGreaterThanOrEqualTo(told.get("at-least/" + series + "call_latency") / 1e6);
    assertThat(baseline.latency("total_latency").sum())
        .isGreaterThanOrEqualTo(baseline.phases() + baseline.latency("tool_latency").sum());
  }

  /** The oldest message that is received and not settled was five seconds old at first. */
  private static void assertAges(Dump dump) {
    assertThat(dump.mailbox("requests").count("oldest_message_age_ms")).isBetween(5_000L, 600_000L);
    assertThat(dump.mailbox("replies").json().path("oldest_message_age_ms").isNumber()).isFalse();
    assertThat(dump.mailbox("replies").lag().min()).isBetween(120_000.0, 600_000.0);
    assertThat(dump.mailbox("requests").lag().min()).isLessThan(60_000);
  }
}
