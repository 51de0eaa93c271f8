package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HdrHistogram's own reader finds in the interval log. */
class IntervalLogTest {
  @TempDir Path temp;
  private final SampleRegistry sample = new SampleRegistry();

  private ArchiveSink sink() {
    return new ArchiveSink(
        new ArchiveSettings(temp.toFile(), 2, Duration.ofDays(7)),
        sample.clock(),
        new ArchiveNames(':'),
        Files::newOutputStream);
  }

  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("debug/metrics"))) {
      return files.filter(ArchiveNames::isIntervalLog).sorted().toList();
    }
  }

  private static List<Histogram> read(Path log) throws IOException {
    List<Histogram> histograms = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (next != null) {
          histograms.add((Histogram) next);
        }
      }
    }
    return histograms;
  }

  @Test
  void eachFlushIsAnIntervalOfTaggedSeries() throws Exception {
    ArchiveSink sink = sink();
    sample.recordEverything().recordCalls("search", 500, 1.0);
    sink.export(sample.snapshot()).toCompletableFuture().join();
    HistogramSnapshot first =
        sample.snapshot().tools().stream()
            .filter(tool -> tool.toolName().equals("search"))
            .findFirst()
            .orElseThrow()
            .latency();
    sample.pass(Duration.ofSeconds(10));
    sample.registry().recordToolCall("search", 12, true, null);
    sink.export(sample.snapshot()).toCompletableFuture().join();

    assertThat(logs()).hasSize(1);
    Path log = logs().get(0);
    assertThat(log.getFileName()).hasToString("2024-01-15T10:29:00Z_worker-1.hlog");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
    List<Histogram> all = read(log);
    assertThat(all.stream().map(Histogram::getTag))
        .contains(
            "adapter.call_latency;adapter=openai;model=gpt-4o-mini;operation=chat;"
                + "experiment=v2-concise",
            "mailbox.lag;queue=orders;system=kafka");
    List<Histogram> search =
        all.stream().filter(next -> next.getTag().equals("tool.latency;tool=search")).toList();
    assertThat(search).hasSize(2);
    assertThat(search.get(0).getTotalCount()).isEqualTo(500);
    double p99 = first.percentileMillis(0.99) * 1e6;
    assertThat((double) search.get(0).getValueAtPercentile(99)).isCloseTo(p99, within(p99 * 0.125));
    assertThat(search.get(0).getStartTimeStamp()).isEqualTo(SampleRegistry.START.toEpochMilli());
    assertThat(search.get(1).getTotalCount()).isEqualTo(1);
    assertThat(search.get(1).getStartTimeStamp())
        .isEqualTo(SampleRegistry.START.plusSeconds(60).toEpochMilli());
    assertThat(search.get(1).getEndTimeStamp())
        .isEqualTo(SampleRegistry.START.plusSeconds(70).toEpochMilli());
    assertThat((double) search.get(1).getMaxValue()).isCloseTo(12e6, within(12e6 * 0.125));
  }

  @Test
  void separatorsInNamesDoNotBreakTheLog() throws Exception {
    ArchiveSink sink = sink();
    sample.registry().recordToolCall("a,b c\nd", 3, true, null);
    sink.export(sample.snapshot()).toCompletableFuture().join();
    assertThat(read(logs().get(0)).stream().map(Histogram::getTag))
        .containsExactly("tool.latency;tool=a_b_c_d");
  }

  @Test
  void aFullFileIsFollowedByAnother() throws Exception {
    ArchiveFolder folder = new ArchiveFolder(temp);
    folder.prepare();
    IntervalLog log = new IntervalLog(folder, names(), 1);
    for (int i = 0; i < 3; i++) {
      sample.registry().recordToolCall("t", 3, true, null);
      log.append(sample.snapshot());
    }
    assertThat(log.file().getFileName()).hasToString("2024-01-15T10:29:00Z_worker-1-3.hlog");
    assertThat(read(log.file())).hasSize(1);
  }

  @Test
  void manySinksOfOneWorkerEachBeginTheirOwn() throws Exception {
    int sinks = 50;
    sample.registry().recordToolCall("t", 3, true, null);
    MetricsSnapshot snapshot = sample.snapshot();
    ExecutorService threads = Executors.newFixedThreadPool(sinks);
    try {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<?>> exports = new ArrayList<>();
      for (int i = 0; i < sinks; i++) {
        ArchiveFolder folder = new ArchiveFolder(temp);
        folder.prepare();
        IntervalLog log = new IntervalLog(folder, names(), IntervalLog.MAX_BYTES);
        exports.add(
            threads.submit(
                () -> {
                  go.await();
                  log.append(snapshot);
                  return null;
                }));
      }
      go.countDown();
      for (Future<?> export : exports) {
        export.get(1, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(logs()).hasSize(sinks);
    for (Path log : logs()) {
      assertThat(read(log)).hasSize(1);
    }
  }

  private static ArchiveNames names() {
    return new ArchiveNames(':');
  }

  @Test
  void oldLogsOfOtherRunsGoAndTheOwnStays() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("debug/metrics"));
    Path old = Files.createFile(folder.resolve("2024-01-01T00:00:00Z_worker-1.hlog"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    Path running = Files.createFile(folder.resolve("2024-01-02T00:00:00Z_worker-2.hlog"));
    Path notes = Files.createFile(folder.resolve("notes.hlog"));
    ArchiveSink sink = sink();
    sample.registry().recordToolCall("t", 3, true, null);
    sink.export(sample.snapshot()).toCompletableFuture().join();
    assertThat(old).doesNotExist();
    assertThat(running).exists();
    assertThat(notes).exists();
    assertThat(logs()).hasSize(2);
  }

  @Test
  void requestsOfTheModelContextProtocolAreTaggedByMethodAndTool() throws Exception {
    sample.recordMcp();
    sink().export(sample.snapshot()).toCompletableFuture().join();
    assertThat(read(logs().get(0)))
        .extracting(Histogram::getTag, Histogram::getTotalCount)
        .containsExactly(
            tuple("mcp.client.operation_duration;method=initialize", 1L),
            tuple("mcp.client.operation_duration;method=tools/call;tool=price", 3L),
            tuple("mcp.server.session_duration", 1L),
            tuple("mcp.server.operation_duration;method=ping", 1L));
  }
}
