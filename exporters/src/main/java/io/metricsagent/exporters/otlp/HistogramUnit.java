package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;

/** The unit in which a histogram is exported. */
enum HistogramUnit {
  /** Times. */
  SECONDS(HistogramLayout.NANOS_PER_MILLI * 1000.0),
  /** Whole units, such as tokens, each recorded as one millisecond. */
  UNITS(HistogramLayout.NANOS_PER_MILLI);

  private final double nanos;

  HistogramUnit(double nanos) {
    this.nanos = nanos;
  }

  static HistogramUnit of(Measure measure) {
    return measure.type().isTime() ? SECONDS : UNITS;
  }

  /** Returns how many recorded nanoseconds one unit has. */
  double nanos() {
    return nanos;
  }
}
