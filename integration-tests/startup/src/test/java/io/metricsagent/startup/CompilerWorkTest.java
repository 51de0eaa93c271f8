package io.metricsagent.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the JVM's counters say of its compilers. */
class CompilerWorkTest {
  private static final List<String> COUNTERS =
      List.of(
          "4711:",
          "java.ci.totalTime=4768755255",
          "sun.ci.lastMethod=\"java/lang/String hashCode\"",
          "sun.ci.nmethodCodeSize=520192",
          "sun.ci.totalCompiles=431",
          "sun.os.hrt.frequency=1000000000");

  @Test
  void timesAreMillisecondsAndSizesKilobytes() {
    CompilerWork work = CompilerWork.parse(COUNTERS, 21);

    assertThat(work.compilations()).isEqualTo(431);
    assertThat(work.millis()).isEqualTo(4768.755255);
    assertThat(work.codeKilobytes()).isEqualTo(508);
    assertThat(work.deoptimisations()).isEqualTo(21);
  }

  @Test
  void aCounterThatIsMissingIsNamed() {
    assertThatThrownBy(() -> CompilerWork.parse(List.of("sun.os.hrt.frequency=1000"), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PerfCounter.print shows no sun.ci.totalCompiles");
  }
}
