package io.metricsagent.agent.wandb;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a source says of one run. Filled by {@link RunParser}; used by one thread.
 *
 * <p>Texts are {@code null} and times NaN where the source does not say them.
 */
final class WandbRun {
  String id;
  String name;
  String state;

  /** In seconds since 1970, as is {@link #heartbeat}. */
  double created = Double.NaN;

  double heartbeat = Double.NaN;
  boolean inSweep;

  /** The finite numbers of the summary, by name, without those of W&B itself. */
  final Map<String, Double> values = new LinkedHashMap<>();

  /** Between 0 and 100; the average of the run's GPUs; NaN if not known. */
  double gpuUtilization = Double.NaN;

  /** Values of the summary that found no room, or a summary that is no JSON. */
  int unreadValues;
}
