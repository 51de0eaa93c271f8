package io.metricsagent.bootstrap.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WideSumTest {
  private static final BigInteger TWO_TO_64 = BigInteger.TWO.pow(64);

  private static BigInteger value(WideSum sum) {
    BigInteger low = new BigInteger(Long.toUnsignedString(sum.low()));
    return BigInteger.valueOf(sum.high()).multiply(TWO_TO_64).add(low);
  }

  private static WideSum of(long nanos) {
    return new WideSum(nanos >> 63, nanos);
  }

  @Property
  void addsUpAndSubtractsAsIntegersDo(@ForAll long a, @ForAll long b, @ForAll long c) {
    WideSum sum = of(a).plus(of(b)).plus(of(c));

    assertThat(value(sum))
        .isEqualTo(BigInteger.valueOf(a).add(BigInteger.valueOf(b)).add(BigInteger.valueOf(c)));
    assertThat(sum.minus(of(c)).minus(of(b))).isEqualTo(of(a));
  }

  @Property
  void isTheNumberItselfWhereALongHoldsIt(@ForAll long nanos) {
    assertThat(of(nanos).nanos()).isEqualTo(nanos);
    assertThat(of(nanos).wholeMillis()).isEqualTo(nanos / 1_000_000);
    assertThat(of(nanos).millis()).isEqualTo(nanos / 1e6);
  }

  @Test
  void isTheNearestLongWhereNoneHoldsIt() {
    WideSum large = of(Long.MAX_VALUE).plus(of(Long.MAX_VALUE));

    assertThat(large.nanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(large.millis()).isEqualTo(0x1p64 / 1e6);
    assertThat(large.wholeMillis()).isEqualTo((long) (0x1p64 / 1e6));
    assertThat(WideSum.ZERO.minus(large).nanos()).isEqualTo(Long.MIN_VALUE);
  }
}
