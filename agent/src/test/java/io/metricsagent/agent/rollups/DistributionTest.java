package io.metricsagent.agent.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static Distribution of(Quantity quantity, long... values) {
    Distribution distribution = new Distribution(quantity);
    Arrays.stream(values).forEach(distribution::add);
    return distribution;
  }

  @Test
  void withoutAValueThereIsNoFigure() {
    Distribution none = of(Quantity.STARTUP_TIME);
    assertThat(none.count()).isZero();
    assertThat(none.mean(1)).isNull();
    assertThat(none.percentile(0.5, 1)).isNull();
    assertThat(none.coefficientOfVariation()).isNull();
  }

  @Test
  void percentilesOfEqualValuesAreExact() {
    Distribution values = of(Quantity.STARTUP_TIME, 1000, 1000, 1000, 7000);
    assertThat(values.percentile(0.5, 1000)).isEqualTo(1);
    assertThat(values.percentile(0.75, 1000)).isEqualTo(1);
    assertThat(values.percentile(0.76, 1000)).isEqualTo(7);
    assertThat(values.percentile(1, 1000)).isEqualTo(7);
    assertThat(values.mean(1000)).isEqualTo(2.5);
  }

  @Test
  void theDeviationOfLargeValuesIsNotLostInTheirSquares() {
    long large = 4_000_000_000_000_000_000L;
    assertThat(of(Quantity.OUTPUT_RATE, large, large, large).coefficientOfVariation()).isZero();
    assertThat(of(Quantity.OUTPUT_RATE, large - 1, large + 1).coefficientOfVariation())
        .isCloseTo(1.0 / large, within(1e-30));
  }

  @Test
  void aNegativeValueIsRefused() {
    Distribution values = of(Quantity.OUTPUT_RATE);
    assertThatThrownBy(() -> values.add(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void percentilesAreWithinABucketsWidthOfTheValueAtTheRank(
      @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 60_000_000) Long> drawn) {
    long[] values = drawn.stream().mapToLong(Long::longValue).toArray();
    Distribution distribution = of(Quantity.E2E_LATENCY, values);
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    for (double part : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
      long exact = sorted[(int) Math.max(0, Math.ceil(part * sorted.length) - 1)];
      assertThat(distribution.percentile(part, 1)).isCloseTo(exact, within(exact * 0.125 + 1));
    }
  }
}
