package io.metricsagent.bootstrap.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.AdapterMeasures;
import io.metricsagent.bootstrap.measures.Catalogue;
import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.MeasureType;
import io.metricsagent.bootstrap.measures.ToolMeasures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SeriesSnapshotTest {
  static final List<Kind> KINDS = Catalogue.KINDS;

  private static final Measure LEVEL =
      ToolMeasures.KIND.extended().add(Measure.of(MeasureType.LEVEL, "tool.level", "{call}"));

  private static final Kind LEVELS = levels();

  private static Kind levels() {
    Kind.Builder builder = ToolMeasures.KIND.extended();
    builder.add(Measure.of(MeasureType.LEVEL, "tool.level", "{call}"));
    return builder.build();
  }

  /** A series in which each stored measure has the value. */
  private static SeriesSnapshot full(Kind kind, int value) {
    String[] labels = new String[kind.labels().size()];
    SeriesBuilder series = SeriesSnapshot.of(kind, labels);
    for (Measure measure : kind.measures()) {
      if (!measure.type().isStored()) {
        continue;
      }
      switch (measure.type()) {
        case LATENCY, UNITS -> series.histogram(measure, values(value));
        case OUTCOMES ->
            series.outcomes(
                measure,
                new Outcomes(values(value), values(value), Map.of("e", values(value)), null));
        case DISTRIBUTION -> series.distribution(measure, value, 0, value);
        default -> series.number(measure, value);
      }
    }
    return series.build();
  }

  private static HistogramSnapshot values(int count) {
    long nanos = 5_000_000;
    long[] counts = new long[HistogramLayout.BUCKETS];
    counts[HistogramLayout.index(nanos)] = count;
    return HistogramSnapshot.of(counts, count * nanos, nanos, nanos);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void everyStoredMeasureAddsUpAndSubtracts(Kind kind) {
    SeriesSnapshot sum = full(kind, 2).plus(full(kind, 3));
    for (Measure measure : kind.measures()) {
      switch (measure.type()) {
        case LATENCY, UNITS -> assertThat(sum.histogram(measure).count()).isEqualTo(5);
        case OUTCOMES -> assertThat(sum.outcomes(measure).calls()).isEqualTo(15);
        case DISTRIBUTION -> assertThat(sum.distribution(measure)).containsExactly(5, 0, 5);
        case COUNTER -> assertThat(sum.number(measure)).isEqualTo(5);
        case GAUGE, GAUGE_MILLIS, FIRST_TIME -> assertThat(sum.number(measure)).isEqualTo(3);
        default -> {}
      }
    }
    SeriesSnapshot left = sum.minus(full(kind, 3));
    for (Measure measure : kind.measures()) {
      switch (measure.type()) {
        case LATENCY, UNITS -> assertThat(left.histogram(measure).count()).isEqualTo(2);
        case OUTCOMES -> assertThat(left.outcomes(measure).errors()).isEqualTo(2);
        case DISTRIBUTION -> assertThat(left.distribution(measure)).containsExactly(2, 0, 2);
        case COUNTER -> assertThat(left.number(measure)).isEqualTo(2);
        case GAUGE, GAUGE_MILLIS -> assertThat(left.number(measure)).isEqualTo(3);
        case FIRST_TIME -> assertThat(left.numberOrNull(measure)).isNull();
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void aSeriesOfWhichNothingIsKnownIsIdle(Kind kind) {
    SeriesSnapshot empty = SeriesSnapshot.of(kind, new String[kind.labels().size()]).build();

    assertThat(empty.isIdle()).isTrue();
    assertThat(full(kind, 1).isIdle()).isFalse();
    assertThat(full(kind, 1).plus(empty)).isEqualTo(full(kind, 1));
    assertThat(empty.plus(full(kind, 1))).isEqualTo(full(kind, 1));
  }

  @Test
  void numbersFollowFromTheCalls() {
    SeriesSnapshot series = full(AdapterMeasures.KIND, 2);

    assertThat(series.number(AdapterMeasures.REQUESTS)).isEqualTo(6);
    assertThat(series.number(AdapterMeasures.REQUEST_ERRORS)).isEqualTo(2);
    assertThat(series.number(AdapterMeasures.CANCELLED)).isEqualTo(2);
    assertThat(series.number(AdapterMeasures.INPUT_TOKENS)).isEqualTo(10);
    assertThat(series.number(AdapterMeasures.TOKENS)).isEqualTo(20);
    assertThatThrownBy(() -> series.number(AdapterMeasures.CALL_LATENCY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adapter.call_latency");
  }

  @Test
  void levelsOfWorkersAddUpAndAChangeIsNewsThoughNothingWasRecorded() {
    SeriesSnapshot two = SeriesSnapshot.of(LEVELS, "t", null).number(LEVEL, 2).build();
    SeriesSnapshot none = SeriesSnapshot.of(LEVELS, "t", null).number(LEVEL, 0).build();
    SeriesSnapshot unknown = SeriesSnapshot.of(LEVELS, "t", null).build();

    assertThat(two.plus(two).number(LEVEL)).isEqualTo(4);
    assertThat(two.plus(unknown).number(LEVEL)).isEqualTo(2);
    assertThat(none.minus(two).number(LEVEL)).isZero();
    assertThat(none.isIdle()).isTrue();
    assertThat(none.isUnknown()).isFalse();
    assertThat(unknown.isUnknown()).isTrue();
    assertThat(none.hasOtherLevels(two)).isTrue();
    assertThat(two.hasOtherLevels(two)).isFalse();
  }

  @Test
  void aSeriesHasAsManyLabelsAsItsKind() {
    assertThatThrownBy(() -> SeriesSnapshot.of(MailboxMeasures.KIND, "q"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mailboxes have 2 labels, got 1");
  }
}
