package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;

/**
 * The value of one series of a metric.
 *
 * @param labels the labels in the format of the answer
 * @param value the value of a counter or a gauge, or the sum of a histogram in seconds
 * @param histogram {@code null} for a counter or a gauge
 * @param exemplar {@code null} if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Point(byte[] labels, double value, HistogramSnapshot histogram, Exemplar exemplar) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Returns the bucket of the specification that contains the exemplar, or -1. */
  int exemplarBucket() {
    return exemplar == null
        ? -1
        : HistogramLayout.specBucket(HistogramLayout.index(exemplar.nanos()));
  }

  double exemplarSeconds() {
    return exemplar.nanos() / NANOS_PER_SECOND;
  }
}
