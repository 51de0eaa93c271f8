package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.exporters.testing.Heap;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArchiveSinkTest {
  @TempDir Path temp;
  private final SampleRegistry sample = new SampleRegistry().recordEverything();

  private ArchiveSink sink(int maxFiles, Duration maxAge) {
    return sink(temp.resolve("agent"), maxFiles, maxAge);
  }

  private ArchiveSink sink(Path directory, int maxFiles, Duration maxAge) {
    return sink(directory, maxFiles, maxAge, Files::newOutputStream);
  }

  private ArchiveSink sink(
      Path directory, int maxFiles, Duration maxAge, WholeFiles.Opener opener) {
    return new ArchiveSink(
        new ArchiveSettings(directory.toFile(), maxFiles, maxAge),
        sample.clock(),
        new ArchiveNames(':'),
        opener);
  }

  private void export(ArchiveSink sink) {
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("agent/debug/metrics"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".hlog"))
          .sorted()
          .toList();
    }
  }

  @Test
  void writesOneWholeSnapshotWithPrivateModes() throws Exception {
    ArchiveSink sink =
        new ArchiveSink(
            new ArchiveSettings(temp.resolve("agent").toFile(), 10, Duration.ofDays(7)));
    // Retention must not take a snapshot "of 2024" that was written just now.
    export(sink);
    assertThat(files()).containsExactly("2024-01-15T10:30:00Z_worker-1.json");
    Path file = sink.lastFile();
    assertThat(Files.readAllBytes(file)).isEqualTo(SnapshotJson.toBytes(sample.snapshot()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(temp.resolve("agent/debug").toFile().list()).containsExactly("metrics");
    for (String directory : List.of("", "debug", "debug/metrics")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(temp.resolve("agent").resolve(directory))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aNameThatIsTakenGetsANumber() throws Exception {
    ArchiveSink sink = sink(10, Duration.ofDays(7));
    export(sink);
    export(sink);
    export(sink);
    assertThat(files())
        .containsExactlyInAnyOrder(
            "2024-01-15T10:30:00Z_worker-1.json",
            "2024-01-15T10:30:00Z_worker-1-2.json",
            "2024-01-15T10:30:00Z_worker-1-3.json");
    assertThat(sink.lastFile()).hasFileName("2024-01-15T10:30:00Z_worker-1-3.json");
  }

  @Test
  void aSnapshotOfAnotherProcessIsNotOverwritten() throws Exception {
    ArchiveSink sink =
        sink(
            temp.resolve("agent"),
            10,
            Duration.ofDays(7),
            file -> {
              // Another process of the same worker is faster.
              Files.writeString(file.resolveSibling("2024-01-15T10:30:00Z_worker-1.json"), "other");
              return Files.newOutputStream(file);
            });
    export(sink);
    assertThat(temp.resolve("agent/debug/metrics/2024-01-15T10:30:00Z_worker-1.json"))
        .hasContent("other");
    assertThat(sink.lastFile()).hasFileName("2024-01-15T10:30:00Z_worker-1-2.json");
    assertThat(files()).hasSize(2);
  }

  @Test
  void workersMayHaveAnyName() {
    ArchiveNames windows = new ArchiveNames('-');
    assertThat(windows.snapshot(SampleRegistry.START, "../a b:ü/c", 1))
        .isEqualTo("2024-01-15T10-29-00Z_.._a_b___c.json");
    assertThat(windows.snapshot(SampleRegistry.START, null, 2))
        .isEqualTo("2024-01-15T10-29-00Z_unknown-2.json");
    assertThat(windows.snapshot(SampleRegistry.START, "w".repeat(500), 1)).hasSizeLessThan(200);
    assertThat(ArchiveNames.snapshot(Path.of("2024-01-15T10-29-00Z_w.json")))
        .isEqualTo(new ArchiveNames.Parsed(SampleRegistry.START, "w"));
  }

  @Test
  void keepsAtMostSoManyFilesAndNothingOlder() throws Exception {
    ArchiveSink sink = sink(3, Duration.ofMinutes(10));
    for (int i = 0; i < 5; i++) {
      export(sink);
      sample.pass(Duration.ofMinutes(1));
    }
    assertThat(files()).hasSize(3).last().isEqualTo("2024-01-15T10:34:00Z_worker-1.json");
    for (int i = 0; i < 2; i++) {
      sample.pass(Duration.ofMinutes(8));
      export(sink);
    }
    assertThat(files())
        .containsExactly(
            "2024-01-15T10:43:00Z_worker-1.json", "2024-01-15T10:51:00Z_worker-1.json");
  }

  @Test
  void eachWorkerHasItsOwnLimitAndKeepsItsLastFile() throws Exception {
    Path directory = Files.createDirectories(temp.resolve("agent/debug/metrics"));
    List<String> others =
        List.of("2024-01-15T10:00:00Z_worker.json", "2024-01-15T10:00:07Z_worker-1234.json");
    for (String other : others) {
      Files.createFile(directory.resolve(other));
    }
    ArchiveSink sink = sink(2, Duration.ofMinutes(5));
    for (int i = 0; i < 20; i++) {
      export(sink);
      sample.pass(Duration.ofMinutes(1));
    }
    assertThat(files())
        .hasSize(4)
        .containsAll(others)
        .contains("2024-01-15T10:49:00Z_worker-1.json");
  }

  @Test
  void aClockThatStepsBackDoesNotCostTheNewestSnapshots() throws Exception {
    ArchiveSink sink = sink(3, Duration.ofDays(7));
    for (int i = 0; i < 3; i++) {
      export(sink);
      sample.pass(Duration.ofMinutes(1));
    }
    sample.pass(Duration.ofHours(-2));
    export(sink);
    sample.pass(Duration.ofMinutes(1));
    export(sink);
    assertThat(files())
        .containsExactly(
            "2024-01-15T08:33:00Z_worker-1.json",
            "2024-01-15T08:34:00Z_worker-1.json",
            "2024-01-15T10:32:00Z_worker-1.json");
  }

  @Test
  void cleansUpAfterAKilledProcessAndTouchesNothingElse() throws Exception {
    Path directory = Files.createDirectories(temp.resolve("agent/debug/metrics"));
    long dead = new ProcessBuilder("true").start().onExit().get().pid();
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    String name = "2024-01-15T10:29:00Z_w.json";
    Files.writeString(directory.resolve(ArchiveNames.temporary(name, dead)), "{");
    Files.writeString(directory.resolve(ArchiveNames.temporary(name, alive)), "{");
    for (String other : List.of("notes.json", "2020-01-01T00:00:00Z.json", ".x.json.1.tmp")) {
      Files.writeString(directory.resolve(other), "mine");
    }
    // The clock of the test is in 2024, so that a file of now is not an hour old.
    export(sink(1, Duration.ofSeconds(1)));
    assertThat(files())
        .containsExactlyInAnyOrder(
            "2024-01-15T10:30:00Z_worker-1.json",
            ArchiveNames.temporary(name, alive),
            "notes.json",
            "2020-01-01T00:00:00Z.json",
            ".x.json.1.tmp");
  }

  @Test
  void aFullDiskFailsOneExportAndLeavesNothingBehind() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "/dev/full is a device of Linux");
    boolean[] full = {true};
    ArchiveSink sink =
        sink(
            temp.resolve("agent"),
            10,
            Duration.ofDays(7),
            file -> {
              Files.createFile(file);
              return full[0] ? new FileOutputStream("/dev/full") : Files.newOutputStream(file);
            });
    assertThatThrownBy(() -> export(sink))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("cannot archive a snapshot in " + temp.resolve("agent"))
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("set metrics.agent.dir");
    assertThat(files()).isEmpty();
    assertThat(sink.lastFile()).isNull();
    full[0] = false;
    export(sink);
    assertThat(files()).hasSize(1);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> export(sink(file.resolve("agent"), 10, Duration.ofDays(7))))
        .hasMessageContaining(file.resolve("agent").toString())
        .hasMessageContaining("metrics.agent.dir");
  }

  /** As one with an umlaut is where the JVM runs in the C locale. */
  @Test
  void aDirectoryThatCannotBeSpelledNamesItsSetting() {
    assertThatThrownBy(
            () -> new ArchiveSink(new ArchiveSettings(new File("a\0b"), 10, Duration.ofDays(7))))
        .hasMessageStartingWith("metrics.agent.dir=a")
        .hasMessageContaining("LC_ALL=C.UTF-8");
  }

  @Test
  void aDirectoryThatVanishesIsMadeAgain() throws Exception {
    ArchiveSink sink = sink(10, Duration.ofDays(7));
    export(sink);
    try (Stream<Path> all = Files.list(temp.resolve("agent/debug/metrics"))) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(temp.resolve("agent/debug/metrics"));
    sample.pass(Duration.ofMinutes(1));
    export(sink);
    assertThat(new JsonMapper().readTree(sink.lastFile().toFile()).get("schema_version").asInt())
        .isEqualTo(1);
  }

  @Test
  void tenThousandFlushesIntoADirectoryThatKeepsVanishingPileNothingUp() throws Exception {
    ArchiveSink sink = sink(10, Duration.ofDays(7));
    long before = 0;
    for (int i = 1; i <= 10_000; i++) {
      try (Stream<Path> all = Files.walk(temp.resolve("agent"))) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (NoSuchFileException e) {
        assertThat(i).isEqualTo(1);
      }
      sample.registry().recordToolCall("search", 7, true, null);
      export(sink);
      if (i == 1000) {
        before = Heap.bytes();
      }
    }
    assertThat(Heap.bytes() - before).isLessThan(3_000_000);
    assertThat(files()).hasSize(1);
    JsonNode tools = new JsonMapper().readTree(sink.lastFile().toFile()).get("tools");
    assertThat(tools.findValuesAsString("tool_name")).contains("search");
    assertThat(tools.get(1).get("call_count").asLong()).isEqualTo(10_000);
  }

  @Test
  void limitsThatKeepNothingAreRefused() {
    assertThatThrownBy(() -> new ArchiveSettings(temp.toFile(), 0, Duration.ofDays(1)))
        .hasMessageContaining("metrics.agent.archive.max.files is 0; write 1 or more");
    assertThatThrownBy(() -> new ArchiveSettings(temp.toFile(), 1, Duration.ZERO))
        .hasMessageContaining("metrics.agent.archive.max.age");
  }
}
