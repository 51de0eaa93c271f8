package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Weeks of flushes, without files. */
class ExpiryTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Expiry standard = new Expiry(1000, WEEK);
  private final List<Expiry.Item> items = new ArrayList<>();
  private Instant now = Instant.parse("2024-01-15T10:30:00Z");

  private Path write(String worker, Instant time) {
    Path file = Path.of(time + "_" + worker + ".json");
    items.add(new Expiry.Item(file, worker, time, time));
    return file;
  }

  private void flush(Expiry expiry, String worker) {
    write(worker, now);
    Set<Path> gone = expiry.snapshots(items, now, null);
    items.removeIf(item -> gone.contains(item.file()));
  }

  private void flushFor(Duration time, Expiry expiry, String worker) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; ) {
      flush(expiry, worker);
      now = now.plus(MINUTE);
      passed = passed.plus(MINUTE);
    }
    now = now.minus(MINUTE);
  }

  private List<Instant> times(String worker) {
    return items.stream()
        .filter(item -> item.worker().equals(worker))
        .map(Expiry.Item::end)
        .sorted()
        .toList();
  }

  @Test
  void aThousandFilesOfAFlushAMinuteReachBackForAWeek() {
    Expiry small = new Expiry(100, Duration.ofHours(17)); // a tenth of a week, a tenth of the files
    flushFor(Duration.ofHours(40), small, "w");

    List<Instant> times = times("w");
    assertThat(times).hasSize(100);
    assertThat(times.get(0)).isBefore(now.minus(Duration.ofHours(16)));
    assertThat(times.get(0)).isAfterOrEqualTo(now.minus(Duration.ofHours(17)));
    assertThat(times.subList(50, 100))
        .as("the newer half is whole")
        .first()
        .isEqualTo(now.minus(MINUTE.multipliedBy(49)));
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .isLessThanOrEqualTo(Duration.ofMinutes(60));
    }
  }

  @Test
  void aLongWorkerDoesNotCostTheLastSnapshotOfOneThatEnded() {
    Path last = write("ended", now);
    now = now.plus(MINUTE);
    flushFor(Duration.ofHours(1), new Expiry(10, Duration.ofMinutes(20)), "long");
    assertThat(items).extracting(Expiry.Item::file).contains(last);
    assertThat(times("long")).hasSize(10);
  }

  @Test
  void whatIsOlderThanTheMaximumAgeGoesButTheLastOfAWorker() {
    for (int minute = 0; minute < 5; minute++) {
      write("ended", now.plusSeconds(minute));
    }
    flushFor(Duration.ofMinutes(30), new Expiry(1000, Duration.ofMinutes(10)), "w");
    assertThat(times("w")).hasSize(11);
    assertThat(times("ended")).hasSize(1);
  }

  @Test
  void theLastSnapshotsOfWorkersThatEndedAreBounded() {
    for (int worker = 0; worker < Expiry.MAX_LAST + 100; worker++) {
      write("ended-" + worker, now.plusSeconds(worker));
    }
    now = now.plus(Duration.ofDays(1));
    flushFor(Duration.ofMinutes(12), new Expiry(1000, Duration.ofMinutes(10)), "w");
    assertThat(items).hasSize(Expiry.MAX_LAST + 11);
  }

  @Test
  void aClockFarAheadDoesNotMakeEverythingOld() {
    for (int minute = 0; minute < 900; minute++) {
      write("w", now.plus(MINUTE.multipliedBy(minute)));
    }
    write("ended", now);
    now = now.plus(Duration.ofDays(400));
    flushFor(Duration.ofHours(1), standard, "w");
    assertThat(times("w")).hasSize(960);
    assertThat(times("ended")).hasSize(1);
  }

  @Test
  void whatIsOldGoesOnceThereIsAsMuchAfterThePause() {
    Expiry expiry = new Expiry(1000, Duration.ofMinutes(30));
    flushFor(Duration.ofMinutes(10), expiry, "w");
    now = now.plus(Duration.ofDays(2));
    Instant back = now;
    flushFor(Duration.ofMinutes(20), expiry, "w");
    assertThat(times("w").get(0)).isBefore(back);
    now = now.plus(MINUTE);
    flushFor(Duration.ofMinutes(20), expiry, "w");
    assertThat(times("w").get(0)).isAfterOrEqualTo(back);
  }

  @Test
  void filesFromTheFutureAreNoPause() {
    write("w", now.plus(Duration.ofDays(400)));
    flushFor(Duration.ofMinutes(30), new Expiry(1000, Duration.ofMinutes(10)), "w");
    assertThat(times("w")).hasSize(12);
  }

  @Test
  void ofTheLogsOfAWorkerTheOldestGo() {
    List<Expiry.Item> logs = new ArrayList<>();
    for (int run = 0; run < 5; run++) {
      Instant begin = now.minus(Duration.ofHours(run + 1));
      logs.add(
          new Expiry.Item(Path.of(run + ".hlog"), "w", begin, begin.plus(Duration.ofMinutes(59))));
    }
    logs.add(new Expiry.Item(Path.of("other.hlog"), "other", now, now));
    assertThat(new Expiry(3, WEEK).logs(logs, now, null))
        .containsExactlyInAnyOrder(Path.of("3.hlog"), Path.of("4.hlog"));
  }

  @Test
  void logsFromBeforeAPauseStayAndThoseOlderThanARunGo() {
    Instant ago = now.minus(Duration.ofDays(400));
    Path old = Path.of("old.hlog");
    List<Expiry.Item> logs = new ArrayList<>();
    logs.add(new Expiry.Item(old, "w", ago, ago));
    logs.add(new Expiry.Item(Path.of("new.hlog"), "w", now.minus(MINUTE), now));
    assertThat(standard.logs(logs, now, null)).isEmpty();
    logs.add(new Expiry.Item(Path.of("long.hlog"), "v", now.minus(WEEK).minus(WEEK), now));
    assertThat(standard.logs(logs, now, null)).containsExactly(old);
  }
}
