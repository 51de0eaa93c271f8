package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.exporters.testing.Heap;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A real disk without space: 256 KB of memory, mounted for the test. */
class FullDiskTest {
  private static final int FLUSHES = 10_000;
  private static final int TOOLS = 100;
  private static final int PAGE = 4096;
  private static final int WARM_UP = 1000;
  private static final long SLACK_BYTES = 3_000_000;

  @TempDir private Path temp;
  private final SampleRegistry sample = new SampleRegistry();
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()),
        "only root may mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", disk.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void flush(ArchiveSink sink) {
    sample.registry().recordToolCall("search", 7, true, null);
    sample.pass(Duration.ofSeconds(1));
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  @Test
  void nothingPilesUpAndTheFirstSnapshotThatFitsHasEveryCall() throws Exception {
    try (ArchiveSink sink =
        new ArchiveSink(
            new ArchiveSettings(disk.resolve("agent").toFile(), 10, Duration.ofDays(7)),
            sample.clock(),
            new ArchiveNames('-'),
            Files::newOutputStream)) {
      flush(sink);
      Path filler = disk.resolve("filler");
      fill(filler);
      long before = 0;
      for (int i = 1; i <= FLUSHES; i++) {
        assertThatThrownBy(() -> flush(sink)).hasMessageContaining("No space left on device");
        if (i == WARM_UP) {
          before = Heap.bytes();
        }
      }
      assertThat(Heap.bytes() - before).isLessThan(SLACK_BYTES);
      assertThat(files(".tmp")).isEmpty();

      Files.delete(filler);
      flush(sink);
      assertThat(files(".json")).hasSize(2);
      assertThat(
              new JsonMapper()
                  .readTree(sink.lastFile().toFile())
                  .at("/tools/0/call_count")
                  .asLong())
          .isEqualTo(FLUSHES + 2);
      assertThat(logged(files(".hlog"))).isEqualTo(FLUSHES + 2);
    }
  }

  @Test
  void anIntervalIsLoggedWholeOrLater() throws Exception {
    try (ArchiveSink sink =
        new ArchiveSink(
            new ArchiveSettings(disk.resolve("agent").toFile(), 10, Duration.ofDays(7)),
            sample.clock(),
            new ArchiveNames('-'),
            Files::newOutputStream)) {
      flushTools(sink);
      Path log = files(".hlog").get(0);
      byte[] before = Files.readAllBytes(log);
      assertThat(before.length).as("an interval takes several pages").isGreaterThan(3 * PAGE);

      Path filler = disk.resolve("filler");
      fill(filler);
      long snapshotPages = (Files.size(sink.lastFile()) + PAGE - 1) / PAGE;
      try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - (snapshotPages + 2) * PAGE);
      }
      assertThatThrownBy(() -> flushTools(sink)).hasMessageContaining("No space left on device");
      assertThat(files(".json")).hasSize(2);
      assertThat(log).hasBinaryContent(before);

      Files.delete(filler);
      flushTools(sink);
      assertThat(logged(files(".hlog"))).isEqualTo(3 * TOOLS);
    }
  }

  private void flushTools(ArchiveSink sink) {
    for (int i = 0; i < TOOLS; i++) {
      sample.registry().recordToolCall("tool-" + i, 7, true, null);
    }
    sample.pass(Duration.ofSeconds(1));
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  private static void fill(Path file) throws IOException {
    assertThatThrownBy(
            () -> {
              try (OutputStream out = Files.newOutputStream(file)) {
                while (true) {
                  out.write(new byte[512]);
                }
              }
            })
        .hasMessageContaining("No space left on device");
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(disk.resolve("agent/debug/metrics"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private static long logged(List<Path> logs) throws IOException {
    long count = 0;
    for (Path log : logs) {
      try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
        while (reader.hasNext()) {
          EncodableHistogram next = reader.nextIntervalHistogram();
          count += next == null ? 0 : ((Histogram) next).getTotalCount();
        }
      }
    }
    return count;
  }
}
