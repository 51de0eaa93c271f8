package io.metricsagent.agent.flush;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.flush.Occasions.Occasion;
import io.metricsagent.agent.flush.Sources.Receiver;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.HurriedSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlushLoopTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private final Registry registry = Sources.registry();
  private final Sources sources = new Sources();
  private final Receiver archive = new Receiver("archive");
  private Supplier<Registry> lazyRegistry = () -> registry;
  private Chore chore;
  private long now;

  @BeforeEach
  void catchTheLog() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreTheLogAndLeaveJmx() throws JMException {
    System.setErr(before);
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.metricsagent:type=Agent");
    if (server.isRegistered(name)) {
      server.unregisterMBean(name);
    }
  }

  /** What happens at an occasion; the clock has moved on to it. */
  private record Step(Occasion why, Runnable first) {}

  private static Step interval(Runnable first) {
    return new Step(Occasion.INTERVAL, first);
  }

  private static Step interval() {
    return interval(() -> {});
  }

  private static Step now(Runnable first) {
    return new Step(Occasion.NOW, first);
  }

  /** Runs the loop through some occasions and the end of the JVM, all on this thread. */
  private void run(Step... steps) {
    run(() -> {}, steps);
  }

  private void run(Runnable beforeTheEnd, Step... steps) {
    Deque<Step> script = new ArrayDeque<>(List.of(steps));
    script.add(new Step(Occasion.END, beforeTheEnd));
    Occasions scripted =
        untilNanos -> {
          Step step = script.remove();
          now = step.why() == Occasion.INTERVAL ? untilNanos : now;
          step.first().run();
          return step.why();
        };
    new FlushLoop(() -> lazyRegistry.get(), MINUTE, sources, chore, () -> now, scripted).run();
  }

  private void call() {
    registry.recordToolCall("search", 12, true, null);
  }

  @Test
  void whoIsAskedIsThereBeforeTheFirstFlushAndOthersAreNot() {
    List<String> opened = new ArrayList<>();
    sources.early.add(opening("prometheus", opened));
    sources.lazy.add(opening("archive", opened));

    run(
        interval(() -> assertThat(opened).containsExactly("prometheus")),
        interval(() -> assertThat(opened).containsExactly("prometheus", "archive")));

    assertThat(opened).containsExactly("prometheus", "archive");
  }

  private static SinkPlan opening(String name, List<String> opened) {
    return Sources.plan(
        name,
        () -> {
          opened.add(name);
          return new Receiver(name);
        });
  }

  @Test
  void theApplicationsExhaustedHeapCostsTheFlushThatMetIt() {
    sources.with(archive);
    lazyRegistry = failingOnce(new OutOfMemoryError("Java heap space"));

    run(interval(this::call), interval(this::call), interval(this::call));

    assertThat(archive.exports.get(0).capturedAt()).isNotNull();
    assertThat(archive.exports).hasSize(2); // and the last one has nothing new
    assertThat(archive.toolCalls()).isEqualTo(3);
    assertThat(log())
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.get(0)).contains("exporting failed", "heap space"))
        .satisfies(lines -> assertThat(lines.get(1)).contains("exporting works now"));
  }

  @Test
  void sinksThatCouldNotBeMadeForWantOfMemoryAreMadeByTheNextFlush() {
    sources.with(archive);
    int[] asked = {0};
    sources.lazy.add(
        Sources.plan(
            "statsd",
            () -> {
              if (asked[0]++ == 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return new Receiver("statsd");
            }));

    run(interval(this::call), interval(this::call));

    assertThat(asked[0]).isEqualTo(2);
    assertThat(archive.exports).hasSize(2);
  }

  /** A decoder that runs in the snapshot, or whatever else. */
  @Test
  void oneSnapshotThatThrowsIsNotTheLast() {
    sources.with(archive);
    boolean[] broken = {true};
    registry.beforeSnapshots(
        () -> {
          if (broken[0]) {
            throw new IllegalStateException("a getter of a library");
          }
        });

    run(interval(this::call), interval(), interval(() -> broken[0] = false));

    assertThat(archive.toolCalls()).isEqualTo(1);
    assertThat(log()).filteredOn(line -> line.contains("a getter of a library")).hasSize(1);
  }

  @Test
  void aSinkThatThrowsAnErrorHoldsUpNoOther() {
    sources.with(
        new Receiver("acme") {
          @Override
          public CompletionStage<?> export(MetricsSnapshot snapshot) {
            throw new StackOverflowError();
          }
        },
        archive);

    run(interval(this::call), interval());

    assertThat(archive.exports).hasSize(2);
    assertThat(log()).filteredOn(line -> line.contains("acme failed")).hasSize(1);
  }

  /** Another process has it, and lets go of it later. */
  @Test
  void aPortThatIsTakenIsTriedAtEachFlushUntilItIsFree() {
    int[] asked = {0};
    Receiver prometheus = new Receiver("prometheus");
    sources.early.add(
        Sources.plan(
            "prometheus",
            () -> {
              if (asked[0]++ < 3) {
                throw new IOException("cannot listen on localhost:9464");
              }
              return prometheus;
            }));

    run(interval(), interval(), interval(), interval());

    assertThat(asked[0]).isEqualTo(4);
    assertThat(prometheus.exports).isNotEmpty();
    assertThat(log())
        .hasSize(2)
        .satisfies(
            lines -> assertThat(lines.get(0)).contains("prometheus failed", "localhost:9464"))
        .satisfies(lines -> assertThat(lines.get(1)).contains("prometheus works now"));
  }

  @Test
  void whatTheJavaRuntimeLacksIsNotTriedAgain() {
    int[] asked = {0};
    sources.early.add(
        Sources.plan(
            "prometheus",
            () -> {
              asked[0]++;
              throw new LinkageError("no jdk.httpserver");
            }));

    run(interval(), interval());

    assertThat(asked[0]).isEqualTo(1);
    assertThat(log()).singleElement().asString().contains("no jdk.httpserver");
  }

  @Test
  void callsThatEndWhileTheJvmEndsAreInTheLastExportAndThoseBeforeInTheFirst() {
    sources.with(archive);
    call();

    run(this::call, now(() -> {}));

    assertThat(archive.exports).hasSize(2);
    assertThat(Sources.toolCalls(archive.exports.get(0))).isEqualTo(1);
    assertThat(archive.toolCalls()).isEqualTo(2);
    assertThat(archive.closed).isEqualTo(1);
  }

  @Test
  void nothingIsWrittenTwiceWhereNothingHappenedMeanwhile() {
    sources.with(archive);
    call();

    run(now(() -> {}));

    assertThat(archive.exports).hasSize(1);
  }

  @Test
  void theArchivesLastSnapshotWaitsForNoReceiverThatHangs() {
    Receiver hanging =
        new Receiver("otlp") {
          @Override
          public CompletionStage<?> export(MetricsSnapshot snapshot) {
            return new CompletableFuture<Void>();
          }
        };
    sources.with(hanging, archive);
    archive.answer = new CompletableFuture<>();
    CompletableFuture<Void> slowDisk = archive.answer;
    // The clock stands still while the loop waits, unless the archive has all: then time is up.
    Receiver last =
        new Receiver("watch") {
          @Override
          public CompletionStage<?> export(MetricsSnapshot snapshot) throws Exception {
            now += TimeUnit.SECONDS.toNanos(2);
            return super.export(snapshot);
          }
        };
    sources.with(last);

    run(
        () -> {
          slowDisk.complete(null);
          archive.answer = CompletableFuture.completedFuture(null);
          now += TimeUnit.SECONDS.toNanos(60);
        },
        interval(this::call),
        now(this::call));

    assertThat(archive.toolCalls()).isEqualTo(2);
    assertThat(log()).filteredOn(line -> line.contains("otlp did not finish")).hasSize(1);
  }

  /** A slow disk, a slow receiver: each has the last snapshot as soon as it has answered. */
  @Test
  void aSinkThatIsBusyGetsTheLastSnapshotWhenItHasAnswered() throws Exception {
    archive.answer = new CompletableFuture<>();
    CompletableFuture<Void> first = archive.answer;
    sources.with(archive);
    sources.with(
        new Receiver("later") {
          @Override
          public CompletionStage<?> export(MetricsSnapshot snapshot) {
            if (Sources.toolCalls(snapshot) == 2) { // the last round: the archive answers now
              archive.answer = CompletableFuture.completedFuture(null);
              first.complete(null);
            }
            return CompletableFuture.completedFuture(null);
          }
        });

    run(this::call, interval(this::call));

    assertThat(archive.exports).hasSize(2);
    assertThat(archive.toolCalls()).isEqualTo(2);
    assertThat(log()).isEmpty();
  }

  @Test
  void sinksHearThatTheJvmEndsBeforeTheyExportForTheLastTime() {
    List<String> heard = new ArrayList<>();
    final class Hurried extends Receiver implements HurriedSink {
      Hurried() {
        super("otlp");
      }

      @Override
      public void hurry() {
        heard.add("hurry");
      }

      @Override
      public CompletionStage<?> export(MetricsSnapshot snapshot) throws Exception {
        heard.add("export " + Sources.toolCalls(snapshot));
        return super.export(snapshot);
      }
    }
    sources.with(new Hurried());

    run(this::call, interval());

    assertThat(heard).containsExactly("export 0", "hurry", "export 1");
  }

  @Test
  void aSinkThatIsGivenUpAtTheEndIsOneLineThoughItDoesNotCloseEither() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    sources.with(
        new Receiver("archive") {
          @Override
          public CompletionStage<?> export(MetricsSnapshot snapshot) {
            return new CompletableFuture<Void>();
          }

          @Override
          public void close() {
            try {
              ended.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    FlushLoop loop = new FlushLoop(() -> registry, TimeUnit.HOURS.toNanos(1), sources, null);
    Thread thread = new Thread(loop::run);
    thread.setDaemon(true);
    thread.start();
    call();

    loop.stop();
    assertThat(log()).singleElement().asString().contains("archive did not finish its last export");
    ended.countDown();
    thread.join();
  }

  @Test
  void anInterruptIsNoOccasion() throws Exception {
    sources.with(archive);
    FlushLoop loop = new FlushLoop(() -> registry, TimeUnit.HOURS.toNanos(1), sources, null);
    Thread thread = new Thread(loop::run);
    thread.setDaemon(true);
    thread.start();
    thread.interrupt();
    call();

    loop.stop();
    thread.join();

    assertThat(archive.toolCalls()).isEqualTo(1);
    assertThat(log()).isEmpty();
  }

  /** As a thread that is revived. */
  @Test
  void aSecondRunGoesOnWithTheSinksOfTheFirst() {
    int[] asked = {0};
    sources.lazy.add(
        Sources.plan(
            "archive",
            () -> {
              asked[0]++;
              return archive;
            }));
    Deque<Occasion> script =
        new ArrayDeque<>(List.of(Occasion.INTERVAL, Occasion.INTERVAL, Occasion.END));
    FlushLoop loop =
        new FlushLoop(() -> registry, MINUTE, sources, null, () -> now, until -> script.remove());
    loop.run();
    script.addAll(List.of(Occasion.INTERVAL, Occasion.END));
    loop.run();

    assertThat(asked[0]).isEqualTo(1);
    assertThat(archive.exports).hasSize(3);
  }

  @Test
  void doesItsChoreBetweenTheFlushes() {
    List<Long> flushed = new ArrayList<>();
    lazyRegistry =
        () -> {
          flushed.add(now);
          return registry;
        };
    List<Long> done = new ArrayList<>();
    chore =
        new Chore() {
          @Override
          public long dueNanos() {
            return done.size() * MINUTE * 2 / 5;
          }

          @Override
          public void run() {
            done.add(now);
          }
        };

    run(interval(), interval(), interval(), interval(), interval(), interval());

    long step = MINUTE * 2 / 5;
    assertThat(done).containsExactly(0L, step, 2 * step, 3 * step, 4 * step);
    assertThat(flushed).as("after a minute and at the end").containsExactly(MINUTE, 4 * step);
  }

  @Test
  void isWokenByOthersBeforeItsChore() {
    sources.with(archive);
    chore =
        new Chore() {
          @Override
          public long dueNanos() {
            return MINUTE / 2;
          }

          @Override
          public void run() {
            throw new AssertionError("it is not due yet");
          }
        };

    run(now(this::call));

    assertThat(archive.toolCalls()).isEqualTo(1);
    assertThat(log()).isEmpty();
  }

  private Supplier<Registry> failingOnce(Error error) {
    int[] asked = {0};
    return () -> {
      if (asked[0]++ == 0) {
        throw error;
      }
      return registry;
    };
  }

  private List<String> log() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
