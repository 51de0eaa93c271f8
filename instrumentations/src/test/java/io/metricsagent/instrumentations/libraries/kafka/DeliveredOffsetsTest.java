package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveredOffsetsTest {
  private static DeliveredOffsets run(long first, long last) {
    return DeliveredOffsets.NONE.with(first, last, last - first + 1, first);
  }

  @Test
  void countsWhatIsBeforeAnOffset() {
    DeliveredOffsets offsets = run(10, 19);

    assertThat(offsets.before(10)).isZero();
    assertThat(offsets.before(13)).isEqualTo(3);
    assertThat(offsets.before(20)).isEqualTo(10);
    assertThat(offsets.before(1_000)).isEqualTo(10);
    assertThat(offsets.size()).isEqualTo(10);
  }

  @Test
  void gapsBetweenRunsAreNoMessages() {
    DeliveredOffsets offsets = run(0, 0).with(2, 2, 1, 0).with(4, 6, 3, 0);

    assertThat(offsets.before(5)).isEqualTo(3);
    assertThat(offsets.size()).isEqualTo(5);
    assertThat(offsets.from(3).size()).isEqualTo(3);
    assertThat(offsets.until(3).size()).isEqualTo(2);
  }

  @Test
  void aRunWithGapsHasNoMoreMessagesThanWereDelivered() {
    DeliveredOffsets offsets = DeliveredOffsets.NONE.with(0, 99, 3, 0).with(100, 109, 10, 0);

    assertThat(offsets.before(50)).isEqualTo(3);
    assertThat(offsets.from(50).size()).isEqualTo(10);
    assertThat(offsets.before(105)).isEqualTo(8);
  }

  @Test
  void isSplitAtACommittedOffset() {
    DeliveredOffsets rest = run(0, 9).from(4);

    assertThat(rest.size()).isEqualTo(6);
    assertThat(rest.before(4)).isZero();
    assertThat(rest.from(10)).isSameAs(DeliveredOffsets.NONE);
    assertThat(rest.from(4).size()).isEqualTo(6);
  }

  @Test
  void isCutWhereADeliveryBeginsAgain() {
    DeliveredOffsets kept = run(0, 9).with(10, 19, 10, 10).until(4);

    assertThat(kept.size()).isEqualTo(4);
    assertThat(kept.with(4, 9, 6, 4).size()).isEqualTo(10);
    assertThat(run(0, 9).until(0).size()).isZero();
  }

  @Test
  void knowsWhenItsOldestMessageWasSent() {
    DeliveredOffsets offsets = DeliveredOffsets.NONE.with(0, 4, 5, 1_000).with(5, 9, 5, 2_000);

    assertThat(offsets.oldestSentMillis()).isEqualTo(1_000);
    assertThat(offsets.from(3).oldestSentMillis()).isEqualTo(1_000);
    assertThat(offsets.from(5).oldestSentMillis()).isEqualTo(2_000);
    assertThat(DeliveredOffsets.NONE.oldestSentMillis()).isZero();
  }

  @Test
  void staysSmallWhereNothingIsCommitted() {
    DeliveredOffsets offsets = DeliveredOffsets.NONE;
    for (int i = 0; i < 100_000; i++) {
      offsets = offsets.with(10L * i, 10L * i + 9, 10, i);
    }

    assertThat(offsets.runs()).isLessThanOrEqualTo(16);
    assertThat(offsets.before(555)).isEqualTo(555);
    assertThat(offsets.size()).isEqualTo(1_000_000);
  }

  @Test
  void isBoundedWhereEachMessageIsFollowedByAGap() {
    DeliveredOffsets offsets = DeliveredOffsets.NONE;
    for (int i = 0; i < 5_000; i++) {
      offsets = offsets.with(2L * i, 2L * i, 1, i);
    }

    assertThat(offsets.runs()).isLessThanOrEqualTo(DeliveredOffsets.MAX_RUNS);
    assertThat(offsets.size()).isEqualTo(5_000);
    assertThat(offsets.from(9_000).size()).isEqualTo(500);
  }

  @Test
  void aCommitWithinJoinedRunsNeverCountsTwice() {
    DeliveredOffsets offsets = DeliveredOffsets.NONE;
    for (int i = 0; i < 3_000; i++) {
      offsets = offsets.with(2L * i, 2L * i, 1, i);
    }
    long counted = 0;
    for (long offset = 1; offset <= 6_000; offset += 7) {
      counted += offsets.before(offset);
      offsets = offsets.from(offset);
    }
    counted += offsets.before(6_000);

    assertThat(counted).isEqualTo(3_000);
  }

  @Test
  void aPartIsTakenOut() {
    DeliveredOffsets rest = run(0, 9).with(20, 29, 10, 20).without(4, 22);

    assertThat(rest.size()).isEqualTo(12);
    assertThat(rest.before(20)).isEqualTo(4);
    assertThat(rest.without(50, 60).size()).isEqualTo(12);
    assertThat(rest.without(0, 50).size()).isZero();
  }
}
