package io.metricsagent.instrumentations.mailboxes;

import static io.metricsagent.bootstrap.registry.MailboxMetrics.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Objects that wait have a time, and the table neither grows nor keeps them. */
class StampTableTest {
  private static final long UNIT = 1024;

  private long nanos = 77;
  private Runnable meanwhile = () -> {};
  private final StampTable table = new StampTable(this::read);

  /** Returns the time, and has another thread do something before the caller goes on. */
  private long read() {
    long now = nanos;
    Runnable next = meanwhile;
    meanwhile = () -> {};
    next.run();
    return now;
  }

  private void putLater(Object object) {
    nanos += UNIT;
    table.put(object);
  }

  @Test
  void anObjectHasItsTimeOnce() {
    Object object = new Object();
    table.put(object);
    nanos += 5 * UNIT;

    assertThat(table.take(object)).isEqualTo(5 * UNIT);
    assertThat(table.take(object)).isEqualTo(UNKNOWN);
  }

  @Test
  void theAgeOfAnObjectIsKnownWhileItStays() {
    Object object = new Object();
    assertThat(table.age(object)).isEqualTo(UNKNOWN);
    table.put(object);
    nanos += 5 * UNIT;

    assertThat(table.age(object)).isEqualTo(5 * UNIT);
    assertThat(table.age(object)).isEqualTo(5 * UNIT);
    assertThat(table.take(object)).isEqualTo(5 * UNIT);
  }

  @Test
  void anObjectThatWasNotPutHasNoTime() {
    assertThat(table.take(new Object())).isEqualTo(UNKNOWN);
  }

  @Test
  void objectsThatAreEqualAreNotTheSame() {
    String one = new String("x");
    String other = new String("x");
    table.put(one);

    assertThat(table.take(other)).isEqualTo(UNKNOWN);
    assertThat(table.take(one)).isZero();
  }

  @Test
  void theOldestObjectIsKnown() {
    assertThat(table.oldestNanos()).isEqualTo(UNKNOWN);
    Object first = new Object();
    table.put(first);
    nanos += 3 * UNIT;
    table.put(new Object());
    nanos += 4 * UNIT;

    assertThat(table.oldestNanos()).isEqualTo(7 * UNIT);
    table.take(first);
    assertThat(table.oldestNanos()).isEqualTo(4 * UNIT);
  }

  @Test
  void anObjectThatComesWhileTheOldestIsSoughtIsNotOld() {
    meanwhile = () -> putLater(new Object());
    assertThat(table.oldestNanos()).isZero();
  }

  @Test
  void anObjectThatComesWhileAPlaceIsSoughtKeepsItsTime() {
    for (int i = 0; i < 10_000; i++) {
      table.put(new Object());
    }
    Object object = new Object();
    nanos += TimeUnit.MINUTES.toNanos(11);
    meanwhile = () -> putLater(object);
    table.put(object);

    assertThat(table.take(object)).isZero();
    nanos += TimeUnit.MINUTES.toNanos(1);
    assertThat(table.take(object)).isEqualTo(TimeUnit.MINUTES.toNanos(1) / UNIT * UNIT + UNIT);
  }

  @Test
  void anObjectMayWaitForWeeks() {
    Object object = new Object();
    table.put(object);
    nanos += TimeUnit.DAYS.toNanos(26);
    assertThat(table.oldestNanos()).isEqualTo(TimeUnit.DAYS.toNanos(26));
  }

  @Test
  void aHundredObjectsAllHaveTheirTimes() {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      objects.add(new Object());
      table.put(objects.get(i));
      nanos += UNIT;
    }
    for (int i = 0; i < 100; i++) {
      assertThat(table.take(objects.get(i))).isEqualTo((100 - i) * UNIT);
    }
  }

  /** Those that have a time keep it, so the sample is not of short waits only. */
  @Test
  void ofMoreObjectsThanPlacesTheFirstOnesHaveATime() {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      objects.add(new Object());
      table.put(objects.get(i));
    }
    assertThat(objects.stream().limit(100).map(table::take)).doesNotContain(UNKNOWN);
    long stamped = objects.stream().skip(100).filter(each -> table.take(each) != UNKNOWN).count();
    assertThat(stamped).isBetween(200L, 412L + 10_000 / 100);
  }

  @Test
  void aPlaceOfAnObjectThatNobodySawLeavingIsUsedAgain() {
    for (int i = 0; i < 10_000; i++) {
      table.put(new Object());
    }
    nanos += TimeUnit.MINUTES.toNanos(11);
    Object late = new Object();
    table.put(late);
    nanos += UNIT;

    assertThat(table.take(late)).isEqualTo(UNIT);
  }
}
