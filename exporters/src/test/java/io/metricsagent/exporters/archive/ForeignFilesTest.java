package io.metricsagent.exporters.archive;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others put into the archive's folders, or where these should be. */
class ForeignFilesTest {
  private static final int OTHER_USER = 54321;
  private static final String PRECIOUS = "first line\nlast line without an end";

  @TempDir private Path temp;
  private final SampleRegistry sample = new SampleRegistry();
  private Path agent;
  private Path metrics;
  private Path precious;

  @BeforeEach
  void writeAFileThatIsNoBusinessOfOurs() throws IOException {
    agent = temp.resolve("agent");
    metrics = agent.resolve("debug/metrics");
    precious = Files.writeString(temp.resolve("precious"), PRECIOUS);
  }

  private ArchiveSink sink() {
    return new ArchiveSink(
        new ArchiveSettings(agent.toFile(), 10, Duration.ofDays(7)),
        sample.clock(),
        new ArchiveNames(':'),
        Files::newOutputStream);
  }

  private void export(ArchiveSink sink) {
    sample.registry().recordToolCall("t", 3, true, null);
    sample.pass(Duration.ofMinutes(1));
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(metrics)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static void giveAway(Path file) throws IOException {
    try {
      Files.setAttribute(file, "unix:uid", OTHER_USER);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      assumeTrue(false, "only root may give a file to another user: " + e.getMessage());
    }
  }

  private static void mode(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aLinkThatIsNamedLikeALogIsNotFollowed() throws Exception {
    Files.createDirectories(metrics);
    Path link = metrics.resolve("2026-11-28T00:00:01Z_x.hlog");
    Files.createSymbolicLink(link, precious);
    export(sink());
    assertThat(precious).hasContent(PRECIOUS);
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aFileWithoutOurHeaderIsNotCut() throws Exception {
    Files.createDirectories(metrics);
    Path other = Files.writeString(metrics.resolve("2026-11-28T00:00:01Z_x.hlog"), PRECIOUS);
    export(sink());
    assertThat(other).hasContent(PRECIOUS);
  }

  @Test
  void aLinkInPlaceOfTheRunningLogIsNotAppendedTo() throws Exception {
    ArchiveSink sink = sink();
    export(sink);
    Path log = files(".hlog").get(0);
    // Our header in it, so that the link alone tells.
    Files.move(log, temp.resolve("moved"));
    Files.createSymbolicLink(log, temp.resolve("moved"));
    byte[] before = Files.readAllBytes(temp.resolve("moved"));
    export(sink);
    assertThat(temp.resolve("moved")).hasBinaryContent(before);
    assertThat(files(".hlog")).hasSize(2);
  }

  @Test
  void anotherFileInPlaceOfTheRunningLogIsNotAppendedTo() throws Exception {
    ArchiveSink sink = sink();
    export(sink);
    Path log = files(".hlog").get(0);
    Files.writeString(log, PRECIOUS);
    assertThatThrownBy(() -> export(sink)).hasMessageContaining(log.toString());
    assertThat(log).hasContent(PRECIOUS);
    export(sink);
    assertThat(files(".hlog")).hasSize(2);
  }

  @Test
  void aLinkToNowhereInPlaceOfALogIsLeftAlone() throws Exception {
    Files.createDirectories(metrics);
    Path target = temp.resolve("nowhere");
    Files.createSymbolicLink(metrics.resolve("2024-01-15T10:29:00Z_worker-1.hlog"), target);
    Files.createSymbolicLink(metrics.resolve("2024-01-15T10:31:00Z_worker-1.json"), target);
    export(sink());
    assertThat(target).doesNotExist();
    assertThat(files("-2.hlog")).hasSize(1);
    assertThat(files("-2.json")).hasSize(1);
  }

  @Test
  @Timeout(value = 2, unit = MINUTES)
  void aPipeThatIsNamedLikeALogIsNotOpened() throws Exception {
    Files.createDirectories(metrics);
    Path pipe = metrics.resolve("2026-11-28T00:00:01Z_x.hlog");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor() == 0,
        "there is no mkfifo");
    export(sink());
    assertThat(pipe).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "debug", "debug/metrics"})
  void aFolderOfAnotherUserIsRefused(String name) throws Exception {
    Files.createDirectories(metrics);
    Path folder = agent.resolve(name);
    giveAway(folder);
    assertThatThrownBy(() -> export(sink()))
        .hasMessageContaining(folder + " belongs to another user (uid " + OTHER_USER)
        .hasMessageContaining("set metrics.agent.dir");
    assertThat(metrics).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"debug", "debug/metrics"})
  void aFolderThatOthersMayWriteToIsRefused(String name) throws Exception {
    for (String permissions : List.of("rwxrwx---", "rwxr-xrwx")) {
      Files.createDirectories(metrics);
      Path folder = agent.resolve(name);
      mode(folder, permissions);
      assertThatThrownBy(() -> export(sink()))
          .hasMessageContaining(folder + " may be written by others")
          .hasMessageContaining("set metrics.agent.dir");
      assertThat(metrics).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"debug", "debug/metrics"})
  void aLinkInPlaceOfAFolderIsRefused(String name) throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Path link = agent.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, elsewhere);
    assertThatThrownBy(() -> export(sink())).hasMessageContaining(link + " is a link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void foldersOfAnEarlierVersionGoOn() throws Exception {
    Files.createDirectories(metrics);
    for (Path folder : List.of(agent, agent.resolve("debug"), metrics)) {
      mode(folder, "rwxr-xr-x");
    }
    export(sink());
    assertThat(files(".json")).hasSize(1);
  }

  @Test
  void theConfiguredFolderMayBeALinkAndOpenToAll() throws Exception {
    Path volume = Files.createDirectory(temp.resolve("volume"));
    mode(volume, "rwxrwxrwx");
    Files.createSymbolicLink(agent, volume);
    export(sink());
    assertThat(files(".json")).hasSize(1);
    assertThat(files(".tmp")).isEmpty();
  }

  @Test
  void aLinkOfAnotherUserToAFolderIsRefused() throws Exception {
    Path own = Files.createDirectory(temp.resolve("own"));
    Files.createSymbolicLink(agent, own);
    assumeTrue(
        new ProcessBuilder("chown", "-h", OTHER_USER + "", agent.toString())
                .inheritIO()
                .start()
                .waitFor()
            == 0,
        "only root may give a link to another user");
    assertThatThrownBy(() -> export(sink()))
        .hasMessageContaining(agent + " belongs to another user");
  }

  @Test
  void whatIsTooOldAndNotOursStays() throws Exception {
    Files.createDirectories(metrics);
    Path folder = Files.createDirectory(metrics.resolve("2024-01-01T00:00:00Z_w.json"));
    Path foreign = Files.createFile(metrics.resolve("2024-01-01T00:00:01Z_w.json"));
    Path log = Files.createFile(metrics.resolve("2024-01-01T00:00:01Z_w.hlog"));
    Files.setLastModifiedTime(log, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
    giveAway(foreign);
    giveAway(log);
    ArchiveSink sink = sink();
    for (int day = 0; day < 20; day++) {
      sample.pass(Duration.ofDays(1));
      export(sink);
    }
    assertThat(folder).exists();
    assertThat(foreign).exists();
    assertThat(log).exists();
  }
}
