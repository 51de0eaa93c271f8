package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JVMs that are killed by {@code SIGKILL} while they write. */
class KilledTest {
  private static final int SIGKILL = 128 + 9;

  @TempDir private Path temp;

  private Process start(int snapshots, int half) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ArchivingMain.class.getName(),
            temp.toString(),
            Integer.toString(snapshots),
            Integer.toString(half))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("debug/metrics"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private static void kill(Process java) throws InterruptedException {
    java.destroyForcibly();
    assertThat(java.waitFor()).isEqualTo(SIGKILL);
  }

  private static void awaitLine(BufferedReader out, String line) throws IOException {
    String read;
    do {
      read = out.readLine();
      assertThat(read).as("the JVM ended before " + line).isNotNull();
    } while (!read.equals(line));
  }

  /** Returns how many snapshots there are; each has to be whole. */
  private int wholeSnapshots() throws IOException {
    List<Path> snapshots = files(".json");
    for (Path file : snapshots) {
      JsonNode snapshot = new JsonMapper().readTree(file.toFile());
      assertThat(snapshot.get("tools")).hasSize(200);
      assertThat(snapshot.at("/agent/series_dropped").asInt(-1)).isZero();
    }
    for (Path log : files(".hlog")) {
      try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
        while (reader.hasNext()) {
          reader.nextIntervalHistogram();
        }
      }
    }
    return snapshots.size();
  }

  @Test
  void whatWasHalfWrittenNeverShowsAndIsGoneAfterTheNextStart() throws Exception {
    Process java = start(100, 3);
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      awaitLine(out, "half");
      kill(java);
    }
    assertThat(wholeSnapshots()).isEqualTo(3);
    assertThat(files(".tmp"))
        .singleElement()
        .satisfies(
            leftover -> {
              assertThat(leftover.getFileName().toString()).endsWith("." + java.pid() + ".tmp");
              assertThat(Files.readString(leftover)).startsWith("{").doesNotEndWith("}\n");
            });

    Path log = files(".hlog").get(0);
    String whole = Files.readString(log);
    Files.writeString(log, whole.substring(0, whole.length() - 30));

    Process next = start(2, -1);
    assertThat(next.waitFor()).isZero();
    assertThat(files(".tmp")).isEmpty();
    assertThat(wholeSnapshots()).isEqualTo(5);
    assertThat(log).hasContent(whole.substring(0, whole.lastIndexOf("Tag=")));
  }

  /** At whatever moment. */
  @Test
  void everySnapshotThatShowsIsWhole() throws Exception {
    int written = 0;
    for (int round = 1; round <= 6; round++) {
      Process java = start(Integer.MAX_VALUE, -1);
      try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
        awaitLine(out, Integer.toString(3 * round));
        kill(java);
      }
      written += 3 * round;
      assertThat(wholeSnapshots()).isGreaterThanOrEqualTo(written);
    }
    assertThat(start(1, -1).waitFor()).isZero();
    assertThat(files(".tmp")).isEmpty();
  }
}
