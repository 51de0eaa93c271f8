package io.metricsagent.agent.rollups.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.HourRange;
import io.metricsagent.agent.rollups.Rollup;
import io.metricsagent.agent.rollups.RollupFiles;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupLogTest {
  @TempDir private Path folder;

  private static Rollups session(long hour) {
    Rollups rollups = new Rollups();
    rollups.at(new RollupKey(hour, "a", "m", "w", null)).count(Counter.SESSIONS);
    return rollups;
  }

  private List<String> names() throws IOException {
    return RollupFiles.in(folder).stream().map(file -> file.getFileName().toString()).toList();
  }

  @Test
  void eachDayHasAFileAndWhatIsWrittenIsRemoved() throws Exception {
    RollupLog log = new RollupLog(folder.toFile(), "w", made -> {});
    Rollups rollups = session(23);
    rollups.addAll(session(24));
    rollups.addAll(session(-1));
    log.append(rollups);
    assertThat(rollups.cells()).isEmpty();
    assertThat(names())
        .containsExactly("1969-12-31_w.jsonl", "1970-01-01_w.jsonl", "1970-01-02_w.jsonl");
  }

  @Test
  void anotherProcessOfTheSameNameHasFilesOfItsOwn() throws Exception {
    for (int i = 0; i < 3; i++) {
      new RollupLog(folder.toFile(), "w", made -> {}).append(session(0));
    }
    assertThat(names())
        .containsExactly("1970-01-01_w-2.jsonl", "1970-01-01_w-3.jsonl", "1970-01-01_w.jsonl");
  }

  @Test
  void whatExpiresIsLookedForWheneverAFileIsMade() throws Exception {
    List<String> made = new ArrayList<>();
    RollupLog log = new RollupLog(folder.toFile(), "w", file -> made.add(file.getName()));
    log.append(session(0));
    log.append(session(1));
    log.append(session(24));
    assertThat(made).containsExactly("1970-01-01_w.jsonl", "1970-01-02_w.jsonl");
  }

  @Test
  void aWorkersNameCannotLeaveTheFolder() throws Exception {
    new RollupLog(folder.toFile(), "../../x\u001b\n" + "y".repeat(500), made -> {})
        .append(session(0));
    assertThat(names()).singleElement().asString().matches("1970-01-01_[A-Za-z_.]{100}\\.jsonl");
    assertThat(names().get(0)).startsWith("1970-01-01__._.._x__y");
  }

  @Test
  void onlyTheOwnerCanReadThem() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    new RollupLog(folder.resolve("x/rollups").toFile(), "w", made -> {}).append(session(0));
    Path file = folder.resolve("x/rollups/1970-01-01_w.jsonl");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (Path made = file.getParent(); !made.equals(folder); made = made.getParent()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aFileThatWasDeletedIsBegunAnew() throws Exception {
    RollupLog log = new RollupLog(folder.toFile(), "w", made -> {});
    log.append(session(0));
    Files.delete(folder.resolve("1970-01-01_w.jsonl"));
    log.append(session(0));
    assertThat(names()).containsExactly("1970-01-01_w.jsonl");
  }

  /** The other process took the name after the file had been moved away. */
  @Test
  void aLineThatAnotherProcessCutsOffMeanwhileIsLeftToItself() throws Exception {
    RollupLog log = new RollupLog(folder.toFile(), "w", made -> {});
    log.append(session(0));
    Path file = folder.resolve("1970-01-01_w.jsonl");
    Files.writeString(file, "{\"schema\":", StandardOpenOption.APPEND);
    log.append(session(0));
    Rollup sum = new Rollup();
    SkippedLines skipped;
    try (InputStream in = Files.newInputStream(file)) {
      skipped =
          RollupFiles.read(
              in, HourRange.parse(null, null), (key, rollup) -> sum.addAll(rollup), bytes -> {});
    }
    assertThat(skipped.first()).containsExactly(2L);
    assertThat(sum.get(Counter.SESSIONS)).isEqualTo(2);
  }

  @Test
  void afterAFailureNothingIsRemoved() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    RollupLog log = new RollupLog(file.toFile(), "w", made -> {});
    Rollups rollups = session(0);
    assertThatThrownBy(() -> log.append(rollups)).isInstanceOf(IOException.class);
    assertThat(rollups.cells()).hasSize(1);
  }
}
