package io.metricsagent.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
  /** When all files of the tests were written: long ago, unless a test says otherwise. */
  private static final long WRITTEN = 1_700_000_000_000L;

  @TempDir private Path folder;
  private Path rules;
  private long now = WRITTEN + 1_000_000;
  private WatchedFiles files;

  @BeforeEach
  void writeAndLook() throws IOException {
    rules = folder.resolve("rules.yaml");
    write(rules, "tools: [a]", WRITTEN);
    files = watch(rules);
  }

  private WatchedFiles watch(Path... paths) {
    return new WatchedFiles(List.of(paths).stream().map(Path::toFile).toList(), () -> now);
  }

  private static void write(Path file, String text, long millis) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
  }

  /** Returns the names of the changed files that two looks find, and takes them for read. */
  private List<String> found() {
    assertThat(files.look()).as("the first look").isEmpty();
    List<String> found = files.look().stream().map(File::getName).toList();
    files.willRead();
    assertThat(files.look()).as("after that").isEmpty();
    return found;
  }

  @Test
  void findsNothingInAFileThatStays() {
    assertThat(found()).isEmpty();
    assertThat(files.isChanging()).isFalse();
  }

  @Test
  void findsAFileThatWasWritten() throws IOException {
    write(rules, "tools: [b]", WRITTEN + 10_000);

    assertThat(found()).containsExactly("rules.yaml");
  }

  @Test
  void waitsUntilAFileIsWrittenToItsEnd() throws IOException {
    write(rules, "tools", WRITTEN + 10_000);
    assertThat(files.look()).isEmpty();
    assertThat(files.isChanging()).isTrue();
    write(rules, "tools: [", WRITTEN + 10_400);
    assertThat(files.look()).isEmpty();
    write(rules, "tools: [b]", WRITTEN + 10_800);

    assertThat(found()).containsExactly("rules.yaml");
    assertThat(files.isChanging()).isFalse();
  }

  @Test
  void findsAFileThatReplacesAnotherOfTheSameNameAndIsOlder() throws IOException {
    Path next = folder.resolve("next.yaml");
    write(next, "tools: [b]", WRITTEN - 10_000);
    Files.move(next, rules, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

    assertThat(found()).containsExactly("rules.yaml");
  }

  /** As Kubernetes does with a ConfigMap; both files may be of one second. */
  @Test
  void findsALinkThatLeadsElsewhere() throws IOException {
    Path first = Files.createDirectory(folder.resolve("..1"));
    Path second = Files.createDirectory(folder.resolve("..2"));
    write(first.resolve("linked.yaml"), "tools: [a]", WRITTEN);
    write(second.resolve("linked.yaml"), "tools: [b]", WRITTEN);
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    Path linked =
        Files.createSymbolicLink(
            folder.resolve("linked.yaml"), data.getFileName().resolve("linked.yaml"));
    files = watch(linked);

    Path next = Files.createSymbolicLink(folder.resolve("..tmp"), second.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertThat(found()).containsExactly("linked.yaml");
  }

  @Test
  void findsAFileThatWasDeletedAndOneThatIsBack() throws IOException {
    Files.delete(rules);
    assertThat(found()).containsExactly("rules.yaml");
    assertThat(files.empty()).containsExactly(rules.toFile());

    write(rules, "tools: [a]", WRITTEN);
    assertThat(found()).containsExactly("rules.yaml");
    assertThat(files.empty()).isEmpty();
  }

  @Test
  void findsAFileThatWasMissingAtFirst() throws IOException {
    Path late = folder.resolve("late.yaml");
    files = watch(late);
    assertThat(found()).isEmpty();

    write(late, "tools: [a]", WRITTEN);

    assertThat(found()).containsExactly("late.yaml");
  }

  @Test
  void tellsWhichOfSeveralFilesHaveChanged() throws IOException {
    Path other = folder.resolve("other.yaml");
    write(other, "tools: [a]", WRITTEN);
    files = watch(rules, other);
    write(other, "tools: [b]", WRITTEN + 10_000);

    assertThat(found()).containsExactly("other.yaml");
  }

  /** Where times are in whole seconds, a file may change twice in one of them. */
  @Test
  void findsASecondChangeOfTheSameLengthAndTime() throws IOException {
    now = WRITTEN + 10_500;
    write(rules, "tools: [b]", WRITTEN + 10_000);
    assertThat(found()).containsExactly("rules.yaml");

    write(rules, "tools: [c]", WRITTEN + 10_000);

    assertThat(found()).containsExactly("rules.yaml");
  }

  @Test
  void findsNothingInAFileOnlyBecauseItIsNotRecentAnyMore() throws IOException {
    now = WRITTEN + 10_500;
    write(rules, "tools: [b]", WRITTEN + 10_000);
    assertThat(found()).containsExactly("rules.yaml");

    now += FileStamp.RECENT_MILLIS + 1;

    assertThat(found()).isEmpty();
  }

  @Test
  void findsFilesOnceMoreIfTheyMustBeReadAgain() {
    files.mustReadAgain();

    assertThat(files.look()).containsExactly(rules.toFile());
    files.willRead();
    assertThat(files.look()).isEmpty();
  }

  @Test
  void aFolderIsNoReasonToFail() throws IOException {
    Files.delete(rules);
    Files.createDirectory(rules);

    assertThat(found()).containsExactly("rules.yaml");
  }
}
