package io.metricsagent.agent.wandb;

import io.metricsagent.bootstrap.snapshot.GaugePoint;
import java.util.List;

/**
 * What a collection found.
 *
 * @param points one for each run and value, in the order of the runs; the counts of runs at the end
 * @param runs how many runs the points are of
 */
public record Collected(List<GaugePoint> points, long runs, Skipped skipped) {
  /** Copies the list. */
  public Collected {
    points = List.copyOf(points);
  }
}
