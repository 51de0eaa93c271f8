package io.metricsagent.agent.wandb;

import static io.metricsagent.bootstrap.measures.RunMeasures.METRIC;
import static io.metricsagent.bootstrap.measures.RunMeasures.METRIC_NAME;
import static io.metricsagent.bootstrap.measures.RunMeasures.RUN_ID;
import static io.metricsagent.bootstrap.measures.RunMeasures.RUN_TYPE;
import static io.metricsagent.bootstrap.measures.RunMeasures.STATE;
import static io.metricsagent.bootstrap.measures.RunMeasures.TIMEFRAME;

import io.metricsagent.bootstrap.measures.GaugeMeasure;

/** The five gauges of the W&B collector, as their document names them. */
final class WandbMeasures {
  static final GaugeMeasure RUNS =
      GaugeMeasure.foreign(
          "wandb.runs", "{run}", "Runs of the last seven days.", RUN_TYPE, STATE, TIMEFRAME);

  static final GaugeMeasure DURATION_HOURS =
      GaugeMeasure.foreign(
          "wandb.run.duration_hours",
          "h",
          "How long a run took, or has been running.",
          RUN_ID,
          RUN_TYPE,
          STATE);

  static final GaugeMeasure SPS =
      GaugeMeasure.foreign(
          "wandb.run.sps", "1/s", "Steps in each second of a run.", RUN_ID, RUN_TYPE, STATE);

  static final GaugeMeasure VALUE =
      GaugeMeasure.foreign("wandb.run.metric", "1", "A value of a run.", RUN_ID, METRIC_NAME);

  static final GaugeMeasure SYSTEM =
      GaugeMeasure.foreign(
          "wandb.run.system", "1", "A value of the machine of a run.", RUN_ID, METRIC);

  private WandbMeasures() {}
}
