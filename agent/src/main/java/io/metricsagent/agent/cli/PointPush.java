package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.AgentSnapshot;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends collected points through the configured exporters, with tags that name their source. An
 * exporter that fails gets three attempts, after one second and after two more.
 */
final class PointPush {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2));

  /** The time that an exporter may take in addition to the time limit of an OTLP export. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private static final String SOURCE = "wandb-collector";
  private static final String ENVIRONMENT = "production";

  private final Wiring wiring;
  private final AgentConfig config;
  private final PrintWriter err;

  PointPush(Wiring wiring, AgentConfig config, PrintWriter err) {
    this.wiring = wiring;
    this.config = config;
    this.err = err;
  }

  /** Sends the points and says what became of them; returns the exit code. */
  int push(List<GaugePoint> points, Instant now) throws CliException {
    config.problems().forEach(problem -> err.println(AgentLog.printable(problem)));
    SinkRun run = new SinkRun(config.otlp().timeout().plus(MARGIN), err, PAUSES, wiring.sleeper());
    run.export(sinks(), asked(), snapshot(points, now));
    if (run.exported().isEmpty() && run.failed().isEmpty()) {
      throw CliException.failed(
          "pushed to nothing: no exporter sends; choose otlp, statsd or archive", null);
    }
    err.println(
        "pushed "
            + points.size()
            + " data points to "
            + (run.exported().isEmpty() ? "nothing" : String.join(", ", run.exported()))
            + (run.failed().isEmpty() ? "" : "; failed: " + String.join(", ", run.failed())));
    return run.failed().isEmpty() ? 0 : 1;
  }

  /** Returns the exporters that must work; Prometheus waits for scrapes, and cannot be sent to. */
  private List<String> asked() {
    return config.exporters().stream().filter(name -> !name.equals("prometheus")).toList();
  }

  private List<MetricsSink> sinks() throws CliException {
    try {
      return wiring.sinks().apply(config);
    } catch (RuntimeException e) {
      throw CliException.failed("an exporter cannot start: " + e.getMessage(), e);
    }
  }

  private MetricsSnapshot snapshot(List<GaugePoint> points, Instant now) {
    Map<String, String> base = new LinkedHashMap<>();
    base.put("source", SOURCE);
    base.put("env", environment());
    List<GaugePoint> tagged = new ArrayList<>(points.size());
    for (GaugePoint point : points) {
      Map<String, String> tags = new LinkedHashMap<>(base);
      tags.putAll(point.tags());
      tagged.add(new GaugePoint(point.measure(), tags, point.value(), point.at()));
    }
    return new MetricsSnapshot(
        now,
        now,
        config.workerId(),
        config.serviceName(),
        List.of(),
        tagged,
        new AgentSnapshot(wiring.version(), List.of(), 0));
  }

  /** Returns the environment: that of Datadog's own variable, which StatsD lines have too. */
  private String environment() {
    String named = wiring.environment().get("DD_ENV");
    return named == null || named.isBlank() ? ENVIRONMENT : named.strip();
  }
}
