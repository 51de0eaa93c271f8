package io.metricsagent.agent.gauges;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunGaugesTest {
  private static final Instant START = Instant.parse("2025-10-10T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int MAX_RUNS = 3;

  /** Moved by the tests; begins when the runs begin, to the nanosecond. */
  private final class Time extends Clock {
    private final long begin = System.nanoTime();
    private Duration passed = Duration.ZERO;

    long nanoTime() {
      return begin + passed.toNanos();
    }

    @Override
    public Instant instant() {
      return START.plus(passed);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final Time time = new Time();
  private final List<Boolean> beansAsked = new ArrayList<>();
  private SystemSample system = new SystemSample(0, -1, 2, -1, Double.NaN);

  private final RunGauges gauges =
      new RunGauges(
          new RunGaugeSettings(
              RunTypes.of("train=github.sky.*;sweep=*sweep*/i"), LIFETIME.toNanos(), MAX_RUNS),
          time,
          time::nanoTime,
          asksBeans -> {
            beansAsked.add(asksBeans);
            return system;
          });

  private final EventStream events = EventStream.byHand(List.of(gauges), EventSettings.sampling(0));

  private Run begin(String scenario, String id) {
    Run run = events.newRun(scenario, null);
    run.identify(id);
    events.began(run);
    events.deliver();
    return run;
  }

  private void request(Run run, long inputTokens, long outputTokens) {
    events.publish(
        events
            .event(EventKind.REQUEST_ENDED, run, events.nextOperation(), System.nanoTime())
            .counted(inputTokens, outputTokens, -1));
  }

  private void tool(Run run) {
    events.publish(
        events.event(EventKind.TOOL_ENDED, run, events.nextOperation(), System.nanoTime()));
  }

  private void end(Run run, Duration after, String errorType) {
    events.ended(run, run.startNanos() + after.toNanos(), errorType, null, null);
    events.deliver();
  }

  /** Returns the points as text: name, values of the tags, value. */
  private List<String> points() {
    List<String> points = new ArrayList<>();
    for (GaugePoint point : gauges.get()) {
      points.add(
          String.format(
              Locale.ROOT,
              "%s%s %s",
              point.measure().name(),
              new ArrayList<>(point.tags().values()),
              point.value()));
    }
    return points;
  }

  private List<String> points(String name) {
    return points().stream().filter(point -> point.startsWith(name + "[")).toList();
  }

  @Test
  void aRunThatHasEndedIsOnePointForEachValue() {
    Run run = begin("github.sky.main", "r1");
    request(run, 100, 20);
    request(run, 30, -1);
    tool(run);
    run.iterated(run.startNanos() + 250_000_000);
    run.set("reward", 0.5);
    end(run, Duration.ofSeconds(4), null);

    assertThat(points())
        .containsExactly(
            "runs[train, finished, 7d] 1.0",
            "runs[train, running, 7d] 0.0",
            "run.duration_hours[r1, train, finished] " + 4 / 3600.0,
            "run.sps[r1, train, finished] 0.5",
            "run.metric[r1, calls] 2.0",
            "run.metric[r1, tool_calls] 1.0",
            "run.metric[r1, tokens] 150.0",
            "run.metric[r1, ttfi_sec] 0.25",
            "run.metric[r1, reward] 0.5");
  }

  @Test
  void theTagsHaveTheDocumentedKeysAndThePointsTheTimeOfTheEnd() {
    Run run = begin("x", "r1");
    end(run, Duration.ofSeconds(4), null);
    GaugePoint sps =
        gauges.get().stream()
            .filter(point -> point.measure().name().equals("run.sps"))
            .findFirst()
            .orElseThrow();
    assertThat(sps.tags().keySet()).containsExactly("run_id", "run_type", "state");
    assertThat(Duration.between(Instant.ofEpochMilli(run.startEpochMillis()), sps.at()))
        .isCloseTo(Duration.ofSeconds(4), Duration.ofSeconds(1));
    for (GaugePoint point : gauges.get()) {
      assertThat(List.copyOf(point.tags().keySet())).isEqualTo(point.measure().labels());
    }
  }

  @Test
  void whatIsNotKnownHasNoPoint() {
    end(begin("x", "r1"), Duration.ZERO, null);
    assertThat(points())
        .containsExactly(
            "runs[all, finished, 7d] 1.0",
            "runs[all, running, 7d] 0.0",
            "run.duration_hours[r1, all, finished] 0.0",
            "run.metric[r1, calls] 0.0",
            "run.metric[r1, tool_calls] 0.0");
  }

  @Test
  void aRunWithoutACallHasNoStepsEachSecond() {
    end(begin("x", "r1"), Duration.ofSeconds(1), null);
    assertThat(points("run.sps")).containsExactly("run.sps[r1, all, finished] 0.0");
  }

  @Test
  void aFailedRunHasThePointsOfAFinishedOne() {
    Run run = begin("nightly Sweep", "r1");
    request(run, 1, 1);
    end(run, Duration.ofSeconds(2), "java.io.IOException");
    assertThat(points("run.sps")).containsExactly("run.sps[r1, sweep, failed] 0.5");
    assertThat(points("runs"))
        .containsExactly("runs[sweep, failed, 7d] 1.0", "runs[sweep, running, 7d] 0.0");
  }

  @Test
  void aCancelledRunHasNeitherFinishedNorFailed() {
    end(begin("x", "r1"), Duration.ofSeconds(2), Run.CANCELLED);
    assertThat(points()).containsExactly("runs[all, running, 7d] 0.0");
  }

  @Test
  void aRunUnderWayHasItsDurationOnly() {
    Run run = begin("x", "r1");
    request(run, 1, 1);
    events.deliver();
    time.passed = Duration.ofHours(1);
    assertThat(points()).hasSize(2).contains("runs[all, running, 7d] 1.0");
    GaugePoint elapsed = gauges.get().get(1);
    assertThat(elapsed.tags().values()).containsExactly("r1", "all", "running");
    assertThat(elapsed.value()).isBetween(0.99, 1.01);
    assertThat(elapsed.at()).isEqualTo(START.plus(time.passed));
  }

  @Test
  void theValuesOfARunAreDroppedAfterTheirLifetimeAndItsCountAfterSevenDays() {
    end(begin("x", "r1"), Duration.ofSeconds(1), null);
    time.passed = LIFETIME.minusNanos(1);
    assertThat(points("run.sps")).hasSize(1);
    time.passed = LIFETIME;
    assertThat(points())
        .containsExactly("runs[all, finished, 7d] 1.0", "runs[all, running, 7d] 0.0");
    time.passed = Duration.ofDays(7).minusHours(1);
    assertThat(points("runs")).contains("runs[all, finished, 7d] 1.0");
    time.passed = Duration.ofDays(7);
    assertThat(points("runs")).contains("runs[all, finished, 7d] 0.0");
    assertThat(points("run.dropped")).isEmpty();
  }

  @Test
  void theOldestOfTooManyRunsAreDroppedAndCounted() {
    for (int i = 0; i < MAX_RUNS + 2; i++) {
      end(begin("x", "r" + i), Duration.ofSeconds(1), null);
    }
    assertThat(points("run.duration_hours"))
        .extracting(point -> point.substring(0, 21))
        .containsExactly("run.duration_hours[r2", "run.duration_hours[r3", "run.duration_hours[r4");
    assertThat(points("runs")).contains("runs[all, finished, 7d] 5.0");
    assertThat(points("run.dropped")).containsExactly("run.dropped[] 2.0");
  }

  @Test
  void tooManyRunsUnderWayAreCountedButNotFollowed() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < MAX_RUNS + 2; i++) {
      runs.add(begin("x", "r" + i));
    }
    assertThat(points("run.duration_hours")).hasSize(MAX_RUNS);
    runs.forEach(run -> end(run, Duration.ofSeconds(1), null));
    assertThat(points("run.duration_hours")).hasSize(MAX_RUNS);
    assertThat(points("runs")).contains("runs[all, finished, 7d] 5.0");
    assertThat(points("run.dropped")).containsExactly("run.dropped[] 2.0");
  }

  /** Else an application that loses some runs would have no gauges until its end. */
  @Test
  void runsThatNeverEndDoNotTakeTheRoomOfOthersForever() {
    for (int i = 0; i < MAX_RUNS; i++) {
      begin("x", "stuck" + i);
    }
    time.passed = Duration.ofMinutes(9);
    gauges.tick(0);
    assertThat(points("run.duration_hours")).hasSize(MAX_RUNS);
    time.passed = Duration.ofNanos(RunGauges.QUIET_NANOS).plusMinutes(1);
    gauges.tick(0);
    assertThat(points("run.duration_hours")).isEmpty();
    end(begin("x", "new"), Duration.ofMinutes(12), null);
    assertThat(points("run.duration_hours")).hasSize(1);
    assertThat(points("run.dropped")).isEmpty();
  }

  @Test
  void aRunThatIsQuietForLongStaysWhileThereIsRoom() {
    begin("x", "quiet");
    time.passed = Duration.ofHours(2);
    gauges.tick(0);
    assertThat(points("run.duration_hours")).hasSize(1);
  }

  @Test
  void valuesThatNoReceiverTakesAreLeftOut() {
    Run run = begin("x", "r1");
    run.set("nan", Double.NaN);
    run.set(" ", 1);
    run.set("n".repeat(201), 1);
    run.set("calls", 7);
    end(run, Duration.ofSeconds(1), null);
    assertThat(points("run.metric"))
        .containsExactly("run.metric[r1, calls] 7.0", "run.metric[r1, tool_calls] 0.0");
  }

  @Test
  void noTwoPointsHaveTheSameNameAndTags() {
    for (int i = 0; i < MAX_RUNS; i++) {
      Run run = begin("x", "r" + i);
      request(run, 1, 2);
      run.set("tokens", i);
      end(run, Duration.ofSeconds(1), null);
    }
    begin("x", "open");
    assertThat(gauges.get())
        .extracting(point -> point.measure().name() + new TreeMap<>(point.tags()))
        .doesNotHaveDuplicates();
  }

  @Test
  void theSystemIsThatOfTheTimeOfTheRun() {
    gauges.get();
    long second = 1_000_000_000;
    system = new SystemSample(second, 3 * second, 2, 100, 10);
    Run run = begin("x", "r1");
    system = new SystemSample(3 * second, 4 * second, 2, 300, 40);
    end(run, Duration.ofSeconds(2), null);
    assertThat(points("run.system"))
        .containsExactly(
            "run.system[r1, cpu_utilization] 25.0",
            "run.system[r1, gc_utilization] 10.0",
            "run.system[r1, heap_utilization] 40.0");
  }

  @Test
  void whatTheJvmDoesNotKnowOfTheSystemIsAbsent() {
    long second = 1_000_000_000;
    SystemSample begin = new SystemSample(0, 0, 2, 0, 10);
    assertThat(new SystemSample(second, -1, 2, -1, Double.NaN).since(begin)).isEmpty();
    assertThat(new SystemSample(SystemSample.SHORTEST_NANOS - 1, 1, 2, 1, Double.NaN).since(begin))
        .isEmpty();
    assertThat(new SystemSample(second, 9 * second, 2, 5000, 50).since(begin))
        .containsEntry(SystemSample.CPU, 100.0)
        .containsEntry(SystemSample.GC, 100.0)
        .doesNotContainKey("gpu_utilization");
  }

  @Test
  void theBeansAreLeftAloneBeforeTheFirstExport() {
    end(begin("x", "r1"), Duration.ofSeconds(1), null);
    assertThat(beansAsked).containsOnly(false);
    gauges.get();
    begin("x", "r2");
    assertThat(beansAsked).endsWith(true);
  }

  @Test
  void thisJvmKnowsItsHeapAndItsProcessorTime() {
    SystemSample sample = new JvmSampler().sample(true);
    assertThat(sample.heapUtilization()).isBetween(0.0, 100.0);
    assertThat(sample.cpuNanos()).isPositive();
    assertThat(sample.gcMillis()).isNotNegative();
    assertThat(new JvmSampler().sample(false).cpuNanos()).isEqualTo(-1);
  }
}
