package io.metricsagent.exporters.statsd;

import io.metricsagent.bootstrap.measures.GaugeMeasure;
import io.metricsagent.bootstrap.measures.Label;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Turns what was recorded since the last flush into StatsD lines. Used by one thread.
 *
 * <p>Tags are those of the metrics specification. Operations of one adapter and model therefore
 * share a series at the server; counters and timings add up there. Gauges would overwrite each
 * other, so gauges of adapters also have the tag {@code operation}, and queues whose name occurs in
 * more than one messaging system have the tag {@code system}.
 */
final class SnapshotLines {
  /**
   * The number of lines of one timing and flush above which a line stands for more than one call.
   */
  static final int MAX_TIMING_LINES = 1000;

  private static final String COUNTER = "c";
  private static final String GAUGE = "g";
  private static final String TIMING = "ms";

  private final StatsdSettings settings;
  private final DoubleSupplier random;
  private final Packets packets;
  private final String prefix;
  private final StringBuilder line = new StringBuilder(200);

  /**
   * Makes a writer of lines.
   *
   * @param random supplies numbers from 0 to 1, which decide whether a fraction of a call is
   *     rounded up when sampling
   */
  SnapshotLines(StatsdSettings settings, DoubleSupplier random, Packets packets) {
    this.settings = settings;
    this.random = random;
    this.packets = packets;
    prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + ".";
  }

  void add(MetricsSnapshot delta) {
    Map<List<String>, Integer> alike = new HashMap<>();
    delta.series().forEach(series -> alike.merge(usualTags(series), 1, Integer::sum));
    for (SeriesSnapshot series : delta.series()) {
      boolean ambiguous = alike.get(usualTags(series)) > 1;
      Map<String, String> tags = tags(series, delta.workerId(), ambiguous, false);
      Map<String, String> tagsOfGauges = tags(series, delta.workerId(), ambiguous, true);
      for (Measure measure : series.kind().measures()) {
        if (measure.statsd() != null) {
          value(measure, series, tags, tagsOfGauges);
        }
      }
    }
    for (GaugePoint point : delta.points()) {
      point(point, delta.workerId());
    }
  }

  private void point(GaugePoint point, String worker) {
    GaugeMeasure measure = point.measure();
    // This protocol would subtract a negative value from the gauge.
    if (point.value() < 0) {
      return;
    }
    Map<String, String> tags = new TreeMap<>(settings.tags());
    point.tags().forEach((key, value) -> tag(tags, key, value));
    if (!measure.foreign()) {
      tag(tags, "worker", worker);
    }
    line.setLength(0);
    settings
        .dialect()
        .append(
            line,
            measure.foreign() ? measure.name() : prefix + measure.name(),
            decimal(point.value()),
            GAUGE,
            "",
            tags);
    end();
  }

  /** Returns a number in decimals without an exponent, which not all servers read. */
  private static String decimal(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** Returns what identifies a series by name and tags, without the tag {@code system}. */
  private static List<String> usualTags(SeriesSnapshot series) {
    List<String> values = new ArrayList<>();
    values.add(series.kind().section());
    List<Label> labels = series.kind().labels();
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).statsd() != Label.StatsdTag.IF_AMBIGUOUS) {
        values.add(series.label(i));
      }
    }
    return values;
  }

  private Map<String, String> tags(
      SeriesSnapshot series, String worker, boolean ambiguous, boolean ofGauges) {
    Map<String, String> tags = new TreeMap<>(settings.tags());
    List<Label> labels = series.kind().labels();
    for (int i = 0; i < labels.size(); i++) {
      boolean present =
          switch (labels.get(i).statsd()) {
            case ALWAYS -> labels.get(i).name() != null;
            case ON_GAUGES -> ofGauges;
            case IF_AMBIGUOUS -> ambiguous;
          };
      if (present) {
        tag(tags, labels.get(i).name(), series.label(i));
      }
    }
    tag(tags, "worker", worker);
    return tags;
  }

  private void value(
      Measure measure,
      SeriesSnapshot series,
      Map<String, String> tags,
      Map<String, String> tagsOfGauges) {
    String name = measure.statsd();
    switch (measure.type()) {
      case LATENCY, OUTCOMES -> timing(name, series.histogram(measure), tags);
      case GAUGE, GAUGE_MILLIS, LEVEL -> gauge(name, series.numberOrNull(measure), tagsOfGauges);
      case FIRST_TIME -> {
        // Sent as a timing, because operations share a series, and the gauge of one would overwrite
        // that of another.
        Long nanos = series.numberOrNull(measure);
        if (nanos != null) {
          line(name, millis(nanos), TIMING, "", tags);
        }
      }
      default -> counter(name, series.number(measure), tags);
    }
  }

  /**
   * Adds figures about the sink itself since the last flush. They have names of their own and are
   * never sampled, because they describe the agent, not the application.
   */
  void add(StatsdSink.Statistics delta, String worker) {
    Map<String, String> tags = new TreeMap<>(settings.tags());
    tag(tags, "worker", worker);
    own("packets_sent", delta.packetsSent(), tags);
    own("bytes_sent", delta.bytesSent(), tags);
    own("packets_refused", delta.packetsRefused(), tags);
    own("lines_dropped", delta.linesDropped(), tags);
  }

  private void own(String name, long delta, Map<String, String> tags) {
    if (delta > 0) {
      line.setLength(0);
      settings
          .dialect()
          .append(line, "metrics.agent.statsd." + name, Long.toString(delta), COUNTER, "", tags);
      end();
    }
  }

  private static void tag(Map<String, String> tags, String key, String value) {
    if (value != null && !value.isEmpty()) {
      tags.put(key, value);
    }
  }

  /**
   * Adds a gauge. A negative value is left out, because this protocol would subtract it from the
   * gauge.
   */
  private void gauge(String name, Long value, Map<String, String> tags) {
    if (value != null && value >= 0) {
      line(name, Long.toString(value), GAUGE, "", tags);
    }
  }

  private void counter(String name, long delta, Map<String, String> tags) {
    long sampled = sample(delta);
    if (sampled > 0) {
      line(name, Long.toString(sampled), COUNTER, rate(1), tags);
    }
  }

  private void timing(String name, HistogramSnapshot delta, Map<String, String> tags) {
    long sampled = sample(delta.count());
    if (sampled <= 0) {
      return;
    }
    Representatives values = Representatives.of(delta, sampled, MAX_TIMING_LINES);
    for (int i = 0; i < values.nanos().length; i++) {
      line(name, millis(values.nanos()[i]), TIMING, rate(values.weights()[i]), tags);
    }
  }

  /**
   * Returns how many of {@code calls} are in the sample. A fraction of a call is rounded up with a
   * probability equal to the fraction, so that the expected value at the server is exact.
   */
  private long sample(long calls) {
    if (settings.sampleRate() == 1) {
      return calls;
    }
    double share = calls * settings.sampleRate();
    long whole = (long) share;
    return whole + (random.getAsDouble() < share - whole ? 1 : 0);
  }

  private String rate(long weight) {
    if (weight == 1 && settings.sampleRate() == 1) {
      return "";
    }
    return "|@"
        + BigDecimal.valueOf(settings.sampleRate())
            .divide(BigDecimal.valueOf(weight), MathContext.DECIMAL64)
            .stripTrailingZeros()
            .toPlainString();
  }

  /**
   * Returns milliseconds in decimals, without an exponent and with at most six digits after the
   * point.
   */
  private static String millis(long nanos) {
    return BigDecimal.valueOf(nanos)
        .divide(BigDecimal.valueOf(HistogramLayout.NANOS_PER_MILLI))
        .stripTrailingZeros()
        .toPlainString();
  }

  private void line(String name, String value, String type, String rate, Map<String, String> tags) {
    line.setLength(0);
    settings.dialect().append(line, prefix + name, value, type, rate, tags);
    end();
  }

  /** Ends a line, with the container as a field of Datadog's protocol (version 1.2 and later). */
  private void end() {
    if (settings.container() != null) {
      line.append("|c:").append(settings.container());
    }
    packets.add(line);
  }
}
