package io.metricsagent.bootstrap.measures;

import java.util.List;

/** The gauges of runs: raw values, one for each run, and the number of runs. */
public final class RunMeasures {
  public static final String RUN_ID = "run_id";
  public static final String RUN_TYPE = "run_type";
  public static final String STATE = "state";
  public static final String TIMEFRAME = "timeframe";
  public static final String METRIC_NAME = "metric_name";
  public static final String METRIC = "metric";

  public static final GaugeMeasure RUNS =
      GaugeMeasure.own("runs", "{run}", "Runs of the last seven days.", RUN_TYPE, STATE, TIMEFRAME);

  public static final GaugeMeasure DURATION_HOURS =
      GaugeMeasure.own(
          "run.duration_hours",
          "h",
          "How long a run took, or has been running.",
          RUN_ID,
          RUN_TYPE,
          STATE);

  public static final GaugeMeasure SPS =
      GaugeMeasure.own(
          "run.sps", "1/s", "Calls of models in each second of a run.", RUN_ID, RUN_TYPE, STATE);

  public static final GaugeMeasure VALUE =
      GaugeMeasure.own("run.metric", "1", "A value of a run.", RUN_ID, METRIC_NAME);

  public static final GaugeMeasure SYSTEM =
      GaugeMeasure.own(
          "run.system", "1", "A value of the process in which a run ended.", RUN_ID, METRIC);

  public static final GaugeMeasure DROPPED =
      GaugeMeasure.own(
          "run.dropped", "{run}", "Runs whose gauges were dropped before their lifetime ended.");

  /** In the order of the reference. */
  public static final List<GaugeMeasure> ALL =
      List.of(RUNS, DURATION_HOURS, SPS, VALUE, SYSTEM, DROPPED);

  private RunMeasures() {}
}
