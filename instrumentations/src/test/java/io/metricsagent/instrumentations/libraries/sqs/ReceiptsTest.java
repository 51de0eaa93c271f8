package io.metricsagent.instrumentations.libraries.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  @Test
  void textsHaveNumbersOfTheirOwnThatLeaveRoomForAState() {
    Set<Long> numbers = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      long number = Receipts.numberOf("AQEBzbVv/" + i + "==");
      assertThat(number & 3).isZero();
      numbers.add(number);
    }

    assertThat(numbers).hasSize(200_000);
    assertThat(Receipts.numberOf("same")).isEqualTo(Receipts.numberOf("same"));
  }
}
