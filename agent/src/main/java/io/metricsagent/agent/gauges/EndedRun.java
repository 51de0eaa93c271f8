package io.metricsagent.agent.gauges;

import static io.metricsagent.bootstrap.measures.RunMeasures.METRIC;
import static io.metricsagent.bootstrap.measures.RunMeasures.METRIC_NAME;
import static io.metricsagent.bootstrap.measures.RunMeasures.RUN_ID;

import io.metricsagent.bootstrap.measures.GaugeMeasure;
import io.metricsagent.bootstrap.measures.RunMeasures;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.instrumentations.events.CallEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The points of a run that has ended. Immutable.
 *
 * @param nanos when its end was heard of, by {@link System#nanoTime}
 */
record EndedRun(long nanos, List<GaugePoint> points) {
  static final String CALLS = "calls";
  static final String TOOL_CALLS = "tool_calls";
  static final String TOKENS = "tokens";
  static final String FIRST_ITERATION = "ttfi_sec";

  /** Longer names of values are left out: no receiver takes such tags. */
  private static final int MAX_NAME = 200;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double SECONDS_PER_HOUR = 3600;

  /**
   * Makes the points of a run.
   *
   * @param event its end
   * @param tags of the run as a whole
   * @param system what is known of the process, by name
   */
  static EndedRun of(
      long nanos,
      CallEvent event,
      OpenRun run,
      Map<String, String> tags,
      Map<String, Double> system) {
    Instant at = Instant.EPOCH.plusNanos(event.epochNanos());
    double seconds = event.durationNanos() / NANOS_PER_SECOND;
    List<GaugePoint> points = new ArrayList<>();
    points.add(duration(seconds, tags, at));
    if (seconds > 0) {
      points.add(new GaugePoint(RunMeasures.SPS, tags, run.calls() / seconds, at));
    }
    String id = tags.get(RUN_ID);
    for (Map.Entry<String, Double> one : values(event, run).entrySet()) {
      add(RunMeasures.VALUE, id, METRIC_NAME, one, at, points);
    }
    for (Map.Entry<String, Double> one : system.entrySet()) {
      add(RunMeasures.SYSTEM, id, METRIC, one, at, points);
    }
    return new EndedRun(nanos, List.copyOf(points));
  }

  static GaugePoint duration(double seconds, Map<String, String> tags, Instant at) {
    return new GaugePoint(RunMeasures.DURATION_HOURS, tags, seconds / SECONDS_PER_HOUR, at);
  }

  /** Returns the values of a run by name; those of the application win over those of the agent. */
  private static Map<String, Double> values(CallEvent event, OpenRun run) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(CALLS, (double) run.calls());
    values.put(TOOL_CALLS, (double) run.toolCalls());
    if (run.tokens() >= 0) {
      values.put(TOKENS, (double) run.tokens());
    }
    if (event.firstPieceNanos() >= 0) {
      values.put(FIRST_ITERATION, event.firstPieceNanos() / NANOS_PER_SECOND);
    }
    values.putAll(event.run().values());
    return values;
  }

  private static void add(
      GaugeMeasure measure,
      String id,
      String key,
      Map.Entry<String, Double> named,
      Instant at,
      List<GaugePoint> points) {
    String name = named.getKey();
    double value = named.getValue();
    if (Double.isFinite(value) && !name.isBlank() && name.length() <= MAX_NAME) {
      Map<String, String> tags = new LinkedHashMap<>();
      tags.put(RUN_ID, id);
      tags.put(key, name);
      points.add(new GaugePoint(measure, tags, value, at));
    }
  }
}
