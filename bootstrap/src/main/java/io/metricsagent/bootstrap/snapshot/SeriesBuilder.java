package io.metricsagent.bootstrap.snapshot;

import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.MeasureType;

/** Builds a {@link SeriesSnapshot}. Not thread-safe. */
public final class SeriesBuilder {
  private final Kind kind;
  private final String[] labels;
  private final long[] numbers;
  private final Object[] values;

  SeriesBuilder(Kind kind, String[] labels) {
    if (labels.length != kind.labels().size()) {
      throw new IllegalArgumentException(
          kind.section() + " have " + kind.labels().size() + " labels, got " + labels.length);
    }
    this.kind = kind;
    this.labels = labels.clone();
    numbers = new long[kind.numbers()];
    values = new Object[kind.values()];
    for (Measure measure : kind.measures()) {
      if (measure.type().isNumber() && measure.type() != MeasureType.COUNTER) {
        numbers[measure.slot()] = SeriesSnapshot.UNKNOWN;
      }
    }
  }

  /** Sets a number; {@link SeriesSnapshot#UNKNOWN} for one that is not known. */
  public SeriesBuilder number(Measure measure, long value) {
    numbers[measure.slot()] = value;
    return this;
  }

  /** Sets a histogram of times or units. */
  public SeriesBuilder histogram(Measure measure, HistogramSnapshot value) {
    values[measure.slot()] = value;
    return this;
  }

  /** Sets the latencies of the calls, split by how they ended. */
  public SeriesBuilder outcomes(Measure measure, Outcomes value) {
    values[measure.slot()] = value;
    return this;
  }

  /** Sets the counts of a distribution; copied. */
  public SeriesBuilder distribution(Measure measure, long... counts) {
    values[measure.slot()] = counts.clone();
    return this;
  }

  /** Returns the series. */
  public SeriesSnapshot build() {
    return new SeriesSnapshot(kind, labels, numbers.clone(), values.clone());
  }
}
