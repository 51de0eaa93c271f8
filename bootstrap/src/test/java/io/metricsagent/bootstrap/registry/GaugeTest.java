package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import org.junit.jupiter.api.Test;

class GaugeTest {
  private final Gauge gauge = new Gauge();

  @Test
  void itIsNotKnownAtFirst() {
    assertThat(gauge.value()).isNull();
  }

  @Test
  void itKeepsTheLastValueThatWasSet() {
    gauge.set(7);
    gauge.set(0);
    assertThat(gauge.value()).isZero();
  }

  @Test
  void itRisesAndFalls() {
    gauge.set(7);
    gauge.inc(3);
    gauge.dec(15);
    assertThat(gauge.value()).isEqualTo(-5);
  }

  @Test
  void itCountsFromZeroWhenItIsNotKnown() {
    gauge.dec(2);
    assertThat(gauge.value()).isEqualTo(-2);
  }

  @Test
  void itIsNotKnownAfterItWasCleared() {
    gauge.set(7);
    gauge.clear();
    assertThat(gauge.value()).isNull();
  }

  @Test
  void takingTheValueForgetsIt() {
    gauge.set(7);
    assertThat(gauge.take()).isEqualTo(7);
    assertThat(gauge.take()).isNull();
  }

  /** A series of which a gauge is set just after it was read. */
  private static final class SetAfterReading extends LiveSeries {
    private final Gauge depth = new Gauge();

    SetAfterReading() {
      super("requests", "kafka", null, null);
    }

    @Override
    Cells newCells(boolean padded) {
      return new Cells(1, 0);
    }

    @Override
    SeriesSnapshot snapshot(Reading reading) {
      long read = reading.gauge(depth);
      depth.set(2);
      return SeriesSnapshot.of(MailboxMeasures.KIND, first(), second())
          .number(MailboxMeasures.DEPTH, read)
          .build();
    }
  }

  @Test
  void aValueSetBetweenAResetsReadingAndItsEndIsInTheNextSnapshot() {
    SetAfterReading series = new SetAfterReading();
    series.depth.set(1);

    assertThat(series.read(true).number(MailboxMeasures.DEPTH)).isEqualTo(1);
    assertThat(series.read(true).number(MailboxMeasures.DEPTH)).isEqualTo(2);
  }
}
