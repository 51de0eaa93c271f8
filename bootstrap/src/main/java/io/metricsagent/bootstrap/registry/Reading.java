package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Copies of the {@link Cells} of a series, to be added up. Not thread-safe. */
final class Reading {
  private final List<Cells> parts = new ArrayList<>();
  private final boolean clear;

  /**
   * Makes an empty reading.
   *
   * @param clear whether to clear what cannot be subtracted, such as gauges
   */
  Reading(boolean clear) {
    this.clear = clear;
  }

  boolean clears() {
    return clear;
  }

  /**
   * Returns a gauge's value. If the reading clears, this is one atomic step, so that no value is
   * lost.
   */
  long gauge(Gauge gauge) {
    Long value = clear ? gauge.take() : gauge.value();
    return value == null ? SeriesSnapshot.UNKNOWN : value;
  }

  void add(Cells copy) {
    parts.add(copy);
  }

  HistogramSnapshot histogram(int number) {
    List<Histogram> histograms = new ArrayList<>(parts.size());
    for (Cells part : parts) {
      Histogram histogram = part.histogramOrNull(number);
      if (histogram != null) {
        histograms.add(histogram);
      }
    }
    return Histogram.sum(histograms);
  }

  long tally(int number) {
    long sum = 0;
    for (Cells part : parts) {
      sum = Cells.saturatedSum(sum, part.tally(number));
    }
    return sum;
  }
}
