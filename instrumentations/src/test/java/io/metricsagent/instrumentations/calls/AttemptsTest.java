package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * How long the attempts of a request took; times are in nanoseconds, and the request began at 100.
 */
class AttemptsTest {
  private static final long START = 100;

  private final Attempts attempts = new Attempts();

  @Test
  void theTimeOfAttemptsExcludesTheWaitsBetweenThem() {
    attempts.add(110, 150);
    attempts.throttled();
    attempts.add(500, 530);

    assertThat(attempts.count()).isEqualTo(2);
    assertThat(attempts.throttles()).isEqualTo(1);
    assertThat(attempts.nanosBefore(START)).isEqualTo(10);
    assertThat(attempts.nanos()).isEqualTo(70);
    assertThat(attempts.nanosAfter(540)).isEqualTo(10);
  }

  @Test
  void theTimeOfAttemptsIncludesTheReadingOfBodies() {
    attempts.add(110, 150);
    attempts.bodyRead(20);

    assertThat(attempts.nanos()).isEqualTo(60);
    assertThat(attempts.nanosAfter(180)).isEqualTo(10);
  }

  @Test
  void aWaitAfterTheLastAttemptIsNotParsing() {
    attempts.add(110, 150);
    attempts.waitedUntil(170);

    assertThat(attempts.nanosAfter(180)).isEqualTo(10);
  }

  @Test
  void aStreamWithoutAnAttemptCountsNone() {
    attempts.streamEnded(900, Attempts.UNKNOWN, 0);

    assertThat(attempts.count()).isZero();
    assertThat(attempts.lastEndNanos()).isZero();
  }

  @Test
  void aStreamWhoseAttemptHasNotReturnedCountsOne() {
    attempts.began(110);
    attempts.began(500);
    attempts.streamEnded(900, Attempts.UNKNOWN, 90);

    assertThat(attempts.count()).isEqualTo(1);
    assertThat(attempts.nanos()).isEqualTo(700);
    assertThat(attempts.lastEndNanos()).isEqualTo(Attempts.UNKNOWN);
  }

  @Test
  void theWaitForPiecesIsPartOfTheLastAttempt() {
    attempts.add(110, 150);
    attempts.bodyRead(5);
    attempts.streamEnded(900, 300, 50);

    assertThat(attempts.nanos()).isEqualTo(40 + 300 - 50);
  }

  @Test
  void allTimeAfterTheLastAttemptIsPartOfItIfTheWaitForPiecesIsUnknown() {
    attempts.add(110, 150);
    attempts.streamEnded(900, Attempts.UNKNOWN, 50);

    assertThat(attempts.nanos()).isEqualTo(40 + 750 - 50);
  }

  @Test
  void earlierAttemptsComeFirst() {
    Attempts earlier = new Attempts();
    earlier.add(110, 150);
    earlier.throttled();
    attempts.add(500, 530);
    attempts.addEarlier(earlier);
    attempts.addEarlier(new Attempts());

    assertThat(attempts.count()).isEqualTo(2);
    assertThat(attempts.throttles()).isEqualTo(1);
    assertThat(attempts.nanosBefore(START)).isEqualTo(10);
    assertThat(attempts.nanosAfter(540)).isEqualTo(10);
    assertThat(attempts.nanos()).isEqualTo(70);
  }

  @Test
  void timeThatIsLeftOutMovesOnlyKnownTimes() {
    attempts.leaveOut(7);
    assertThat(attempts.haveBegun()).isFalse();
    attempts.add(110, 150);
    attempts.leaveOut(7);
    assertThat(attempts.nanosBefore(START)).isEqualTo(17);
    assertThat(attempts.lastEndNanos()).isEqualTo(157);
    attempts.streamEnded(900, 300, 0);
    attempts.leaveOut(7);
    assertThat(attempts.lastEndNanos()).isEqualTo(Attempts.UNKNOWN);
  }

  @Test
  void aCopyHasTheSameAttemptsAndForgettingRemovesThem() {
    attempts.add(110, 150);
    attempts.bodyRead(5);
    Attempts copy = new Attempts();
    copy.copy(attempts);
    attempts.forget();

    assertThat(copy.nanos()).isEqualTo(45);
    assertThat(copy.nanosAfter(165)).isEqualTo(10);
    assertThat(attempts.haveBegun()).isFalse();
    assertThat(attempts.nanos()).isZero();
  }

  @Test
  void anAttemptThatEndsAfterItsStreamIsCountedOnce() {
    Attempts attempts = new Attempts();
    attempts.began(10);
    attempts.streamEnded(110, Attempts.UNKNOWN, 40);
    attempts.ended(10, 111);
    attempts.bodyRead(5);
    attempts.waitedUntil(112);

    assertThat(attempts.count()).isEqualTo(1);
    assertThat(attempts.nanos()).isEqualTo(60);
    assertThat(attempts.lastEndNanos()).isEqualTo(Attempts.UNKNOWN);
  }
}
