package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;

/** The unit that a histogram is exported in. */
enum HistogramUnit {
  /** Times. */
  SECONDS(HistogramLayout.NANOS_PER_MILLI * 1000.0),
  /** Whole units, such as tokens, one of which was recorded as one millisecond. */
  UNITS(HistogramLayout.NANOS_PER_MILLI);

  private final double nanos;

  HistogramUnit(double nanos) {
    this.nanos = nanos;
  }

  static HistogramUnit of(Measure measure) {
    return measure.type().isTime() ? SECONDS : UNITS;
  }

  /** Returns the recorded nanoseconds in one of it. */
  double nanos() {
    return nanos;
  }
}
