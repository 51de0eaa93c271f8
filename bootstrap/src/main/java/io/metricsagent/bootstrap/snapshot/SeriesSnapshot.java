package io.metricsagent.bootstrap.snapshot;

import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.MeasureType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One series: a kind, the values of its labels, and those of its measures. Immutable.
 *
 * <p>Formats iterate over {@link Kind#measures} and get the value of each measure. Values are in
 * two arrays, at the {@linkplain Measure#slot slots} of the measures, so getting one is an array
 * access.
 */
public final class SeriesSnapshot {
  /** The value of a number that is not known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

  /** Sorts series by their labels; a series without a label comes before those that have it. */
  public static final Comparator<SeriesSnapshot> BY_LABELS =
      (a, b) -> Arrays.compare(a.labels, b.labels, TEXT);

  private static final long[] NO_COUNTS = {};

  /** What identifies a series within a snapshot. */
  record Key(String section, List<String> labels) {}

  private final Kind kind;
  private final String[] labels;
  private final long[] numbers;
  private final Object[] values;

  SeriesSnapshot(Kind kind, String[] labels, long[] numbers, Object[] values) {
    this.kind = kind;
    this.labels = labels;
    this.numbers = numbers;
    this.values = values;
  }

  /**
   * Returns a builder for a series of which nothing is known yet.
   *
   * @param labels as many as the kind has; {@code null} for those that the series lacks
   */
  public static SeriesBuilder of(Kind kind, String... labels) {
    return new SeriesBuilder(kind, labels);
  }

  /** Returns the kind. */
  public Kind kind() {
    return kind;
  }

  /** Returns the value of one of the kind's labels, or {@code null}. */
  public String label(int index) {
    return labels[index];
  }

  /**
   * Returns a number: that of a counter, a gauge, a level or a first time, or one that is computed
   * from the calls or the units. For {@link MeasureType#UNITS} it is the sum of the units.
   *
   * @return the number, or {@link #UNKNOWN}; the number of a counter is always known
   * @throws IllegalArgumentException if the value of the measure is no whole number
   */
  public long number(Measure measure) {
    return switch (measure.type()) {
      case COUNTER, GAUGE, GAUGE_MILLIS, LEVEL, FIRST_TIME -> numbers[measure.slot()];
      case UNITS -> histogram(measure).sumUnits();
      case ALL_UNITS -> allUnits();
      case CALLS -> calls().calls();
      case SUCCESSES -> calls().succeeded().count();
      case ERRORS -> calls().errors();
      case CANCELLED -> calls().cancelled().count();
      case LATENCY, OUTCOMES, DISTRIBUTION, ERROR_TYPES, ERROR_CODES, ERROR_RATE ->
          throw new IllegalArgumentException(measure + " is no whole number");
    };
  }

  /** Returns a number, or {@code null} where it is not known. */
  public Long numberOrNull(Measure measure) {
    long number = number(measure);
    return number == UNKNOWN ? null : Long.valueOf(number);
  }

  /** Returns a histogram; for {@link MeasureType#OUTCOMES} the histogram of all calls. */
  public HistogramSnapshot histogram(Measure measure) {
    if (measure.type() == MeasureType.OUTCOMES) {
      return outcomes(measure).total();
    }
    Object value = values[measure.slot()];
    return value == null ? HistogramSnapshot.EMPTY : (HistogramSnapshot) value;
  }

  /** Returns the calls by how they ended. */
  public Outcomes outcomes(Measure measure) {
    Object value = values[measure.slot()];
    return value == null ? Outcomes.NONE : (Outcomes) value;
  }

  /**
   * Returns the calls of this series by how they ended; only for kinds with a measure of {@link
   * MeasureType#OUTCOMES}.
   */
  public Outcomes calls() {
    return outcomes(kind.outcomes());
  }

  /** Returns a copy of the counts of a distribution. */
  public long[] distribution(Measure measure) {
    Object value = values[measure.slot()];
    return value == null ? NO_COUNTS : ((long[]) value).clone();
  }

  /** Returns whether any histogram of units has a value. */
  public boolean hasUnits() {
    for (Measure measure : kind.measures()) {
      if (measure.type() == MeasureType.UNITS && !histogram(measure).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private long allUnits() {
    long sum = 0;
    for (Measure measure : kind.measures()) {
      if (measure.type() == MeasureType.UNITS) {
        sum += histogram(measure).sumUnits();
      }
    }
    return sum;
  }

  Key key() {
    return new Key(kind.section(), Arrays.asList(labels));
  }

  /** Returns whether nothing was recorded and nothing is known, not even a level of 0. */
  public boolean isUnknown() {
    for (Measure measure : kind.measures()) {
      if (measure.type() == MeasureType.LEVEL && numbers[measure.slot()] != UNKNOWN) {
        return false;
      }
    }
    return isIdle();
  }

  /** Returns whether nothing was recorded, no gauge is known and no level is above 0. */
  public boolean isIdle() {
    for (Measure measure : kind.measures()) {
      if (measure.type().isStored() && !isIdle(measure)) {
        return false;
      }
    }
    return true;
  }

  private boolean isIdle(Measure measure) {
    int slot = measure.slot();
    return switch (measure.type()) {
      case COUNTER -> numbers[slot] == 0;
      case LEVEL -> numbers[slot] == UNKNOWN || numbers[slot] == 0;
      case GAUGE, GAUGE_MILLIS, FIRST_TIME -> numbers[slot] == UNKNOWN;
      case OUTCOMES -> outcomes(measure).isIdle();
      case DISTRIBUTION -> Arrays.stream(distribution(measure)).allMatch(count -> count == 0);
      default -> histogram(measure).isEmpty();
    };
  }

  /**
   * Returns whether a level has changed; receivers must get the new level even if nothing was
   * recorded.
   */
  boolean hasOtherLevels(SeriesSnapshot earlier) {
    for (Measure measure : kind.measures()) {
      if (measure.type() == MeasureType.LEVEL
          && numbers[measure.slot()] != earlier.numbers[measure.slot()]) {
        return true;
      }
    }
    return false;
  }

  /** Returns the sum with a series of the same kind and labels. */
  SeriesSnapshot plus(SeriesSnapshot other) {
    SeriesBuilder sum = new SeriesBuilder(kind, labels);
    for (Measure measure : kind.measures()) {
      if (!measure.type().isStored()) {
        continue;
      }
      int slot = measure.slot();
      switch (measure.type()) {
        case COUNTER -> sum.number(measure, numbers[slot] + other.numbers[slot]);
        case LEVEL -> sum.number(measure, sumOfKnown(numbers[slot], other.numbers[slot]));
        case GAUGE, GAUGE_MILLIS, FIRST_TIME ->
            sum.number(measure, Math.max(numbers[slot], other.numbers[slot]));
        case OUTCOMES -> sum.outcomes(measure, outcomes(measure).plus(other.outcomes(measure)));
        case DISTRIBUTION ->
            sum.distribution(measure, combined(distribution(measure), other, measure, 1));
        default -> sum.histogram(measure, histogram(measure).plus(other.histogram(measure)));
      }
    }
    return sum.build();
  }

  /** Returns what was recorded since an earlier snapshot of the same series. */
  SeriesSnapshot minus(SeriesSnapshot earlier) {
    SeriesBuilder left = new SeriesBuilder(kind, labels);
    for (Measure measure : kind.measures()) {
      if (!measure.type().isStored()) {
        continue;
      }
      int slot = measure.slot();
      switch (measure.type()) {
        case COUNTER -> left.number(measure, numbers[slot] - earlier.numbers[slot]);
        case LEVEL, GAUGE, GAUGE_MILLIS -> left.number(measure, numbers[slot]);
        case FIRST_TIME ->
            left.number(measure, earlier.numbers[slot] == UNKNOWN ? numbers[slot] : UNKNOWN);
        case OUTCOMES -> left.outcomes(measure, outcomes(measure).minus(earlier.outcomes(measure)));
        case DISTRIBUTION ->
            left.distribution(measure, combined(distribution(measure), earlier, measure, -1));
        default -> left.histogram(measure, histogram(measure).minus(earlier.histogram(measure)));
      }
    }
    return left.build();
  }

  private static long sumOfKnown(long a, long b) {
    if (a == UNKNOWN || b == UNKNOWN) {
      return Math.max(a, b);
    }
    return a + b;
  }

  private static long[] combined(long[] counts, SeriesSnapshot other, Measure measure, int sign) {
    long[] others = other.distribution(measure);
    long[] all = Arrays.copyOf(counts, Math.max(counts.length, others.length));
    for (int i = 0; i < others.length; i++) {
      all[i] += sign * others[i];
    }
    return all;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SeriesSnapshot other
        && kind == other.kind
        && Arrays.equals(labels, other.labels)
        && Arrays.equals(numbers, other.numbers)
        && Arrays.deepEquals(values, other.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.section()).append(Arrays.toString(labels));
    for (Measure measure : kind.measures()) {
      if (measure.type().isStored() && !isIdle(measure)) {
        Object value = measure.type().isNumber() ? numbers[measure.slot()] : values[measure.slot()];
        text.append(' ').append(measure).append('=').append(value);
      }
    }
    return text.toString();
  }
}
