package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedInputTest {
  private final List<Long> told = new ArrayList<>();

  @Test
  void countsWhatIsReadAfterWhatEarlierFilesHad() throws IOException {
    CountedInput in = new CountedInput(new ByteArrayInputStream(new byte[5]), 100, told::add);
    byte[] buffer = new byte[3];

    assertThat(in.read()).isZero();
    assertThat(in.bytes()).isEqualTo(101);
    assertThat(in.read(buffer, 0, 3)).isEqualTo(3);
    assertThat(in.read(buffer)).isEqualTo(1);
    assertThat(in.bytes()).isEqualTo(105);
    assertThat(told).containsExactly(104L, 105L);
  }

  @Test
  void theEndCountsNothing() throws IOException {
    CountedInput in = new CountedInput(new ByteArrayInputStream(new byte[0]), 7, told::add);

    assertThat(in.read()).isNegative();
    assertThat(in.read(new byte[2], 0, 2)).isNegative();
    assertThat(in.bytes()).isEqualTo(7);
  }
}
