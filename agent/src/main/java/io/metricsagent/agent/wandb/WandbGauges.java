package io.metricsagent.agent.wandb;

import static io.metricsagent.bootstrap.measures.RunMeasures.METRIC;
import static io.metricsagent.bootstrap.measures.RunMeasures.METRIC_NAME;
import static io.metricsagent.bootstrap.measures.RunMeasures.RUN_ID;
import static io.metricsagent.bootstrap.measures.RunMeasures.RUN_TYPE;
import static io.metricsagent.bootstrap.measures.RunMeasures.STATE;
import static io.metricsagent.bootstrap.measures.RunMeasures.TIMEFRAME;

import io.metricsagent.agent.gauges.RunTypes;
import io.metricsagent.bootstrap.measures.GaugeMeasure;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns runs of W&B into gauges: one point for each run and value, raw, and the number of runs by
 * type and state. Used by one thread.
 */
public final class WandbGauges {
  static final double WINDOW_SECONDS = 7 * 86_400.0;

  private static final String WINDOW = "7d";
  private static final String RUNNING = "running";
  private static final double SECONDS_PER_HOUR = 3600;

  private final RunTypes types;

  /** Taken out one by one when points are made of them, so that not both are in memory. */
  private final Deque<WandbRun> runs = new ArrayDeque<>();

  private final Set<String> ids = new HashSet<>();
  private final Skipped skipped = new Skipped();

  /** Begins a collection. */
  public WandbGauges(RunTypes types) {
    this.types = types;
  }

  /** Counts an element of the source that is no run. */
  void addOther() {
    skipped.add(Skipped.Reason.NO_RUN);
  }

  /** Adds a run, unless it lacks what a gauge needs; then it is counted as skipped. */
  void add(WandbRun run) {
    Skipped.Reason reason = reasonAgainst(run);
    if (reason != null) {
      skipped.add(reason);
      return;
    }
    skipped.addValues(run.unreadValues);
    runs.add(run);
  }

  private Skipped.Reason reasonAgainst(WandbRun run) {
    if (run.id == null) {
      return Skipped.Reason.NO_ID;
    }
    if (run.name == null) {
      return Skipped.Reason.NO_NAME;
    }
    if (stateOf(run) == null) {
      return Skipped.Reason.OTHER_STATE;
    }
    return ids.add(run.id) ? null : Skipped.Reason.REPEATED;
  }

  /** Returns the state of the gauges, or {@code null} for runs in other states. */
  private static String stateOf(WandbRun run) {
    if (run.state == null) {
      return null;
    }
    return switch (run.state) {
      case RUNNING -> RUNNING;
      case "finished" -> "finished";
      case "failed", "crashed" -> "failed";
      default -> null;
    };
  }

  /** Returns the newest time that a run names, in seconds since 1970, or {@code otherwise}. */
  double newest(double otherwise) {
    double newest = Double.NEGATIVE_INFINITY;
    for (WandbRun run : runs) {
      // A comparison with NaN is false.
      newest = run.created > newest ? run.created : newest;
      newest = run.heartbeat > newest ? run.heartbeat : newest;
    }
    return newest == Double.NEGATIVE_INFINITY ? otherwise : newest;
  }

  /**
   * Ends the collection, and returns the gauges of the runs that were created in the seven days
   * before {@code end}, also of those whose creation is not known.
   *
   * @param end in seconds since 1970
   * @param at the time of all points
   */
  public Collected collect(double end, Instant at) {
    List<GaugePoint> points = new ArrayList<>();
    Map<Map<String, String>, Integer> counts = new LinkedHashMap<>();
    long used = 0;
    for (WandbRun run = runs.poll(); run != null; run = runs.poll()) {
      if (run.created < end - WINDOW_SECONDS) {
        skipped.add(Skipped.Reason.OLD);
        continue;
      }
      used++;
      String type = types.typeOf(run.name, run.inSweep);
      String state = stateOf(run);
      counts.merge(tags(RUN_TYPE, type, STATE, state, TIMEFRAME, WINDOW), 1, Integer::sum);
      points(run, tags(RUN_ID, run.id, RUN_TYPE, type, STATE, state), at, points);
    }
    Map<String, GaugePoint> sorted = new TreeMap<>();
    counts.forEach(
        (tags, count) ->
            sorted.put(tags.toString(), new GaugePoint(WandbMeasures.RUNS, tags, count, at)));
    points.addAll(sorted.values());
    return new Collected(points, used, skipped);
  }

  private static void points(
      WandbRun run, Map<String, String> tags, Instant at, List<GaugePoint> points) {
    double hours = (run.heartbeat - run.created) / SECONDS_PER_HOUR;
    if (hours >= 0 && Double.isFinite(hours)) {
      points.add(new GaugePoint(WandbMeasures.DURATION_HOURS, tags, hours, at));
    }
    if (stateOf(run).equals(RUNNING)) {
      return; // of a run under way only the duration means anything yet
    }
    Double sps = run.values.getOrDefault(RunParser.SPS, run.values.get(RunParser.SPS_BEFORE));
    if (sps != null) {
      points.add(new GaugePoint(WandbMeasures.SPS, tags, sps, at));
    }
    run.values.forEach(
        (name, value) -> {
          if (!name.equals(RunParser.SPS) && !name.equals(RunParser.SPS_BEFORE)) {
            points.add(value(WandbMeasures.VALUE, run.id, METRIC_NAME, name, value, at));
          }
        });
    if (Double.isFinite(run.gpuUtilization)) {
      points.add(
          value(WandbMeasures.SYSTEM, run.id, METRIC, "gpu_utilization", run.gpuUtilization, at));
    }
  }

  private static GaugePoint value(
      GaugeMeasure measure, String id, String key, String name, double value, Instant at) {
    return new GaugePoint(measure, tags(RUN_ID, id, key, name), value, at);
  }

  /** Returns tags in the order of the document. */
  private static Map<String, String> tags(String... keysAndValues) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tags.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return tags;
  }
}
