package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.exporters.archive.SnapshotMerge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each command that reads files makes of hostile ones: a clear error or a counted skip, by the
 * right exit code, and never a stack trace, a control character on the terminal, or a file outside
 * of the output folder.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFilesTest {
  /** What is wrong with a file. */
  enum Fault {
    TORN {
      @Override
      byte[] file(FileFormat format) {
        byte[] whole = bytes(format.file("a", "1"));
        return Arrays.copyOf(whole, whole.length * 2 / 3);
      }
    },
    NO_UTF_8 {
      @Override
      byte[] file(FileFormat format) {
        return format.file("\u00e4\u00ff", "1").getBytes(StandardCharsets.ISO_8859_1);
      }
    },
    NESTED {
      @Override
      byte[] file(FileFormat format) {
        return bytes(format.file("a", "[".repeat(100_000) + "]".repeat(100_000)));
      }
    },
    BEYOND_DOUBLE {
      @Override
      byte[] file(FileFormat format) {
        return bytes(format.file("a", "1e999"));
      }
    },
    LONG_NUMBER {
      @Override
      byte[] file(FileFormat format) {
        return bytes(format.file("a", "9".repeat(5000)));
      }
    },
    BINARY {
      @Override
      byte[] file(FileFormat format) {
        byte[] binary = new byte[5000];
        for (int i = 0; i < binary.length; i++) {
          binary[i] = (byte) (i * i + 7 * i + 1);
        }
        return binary;
      }
    };

    abstract byte[] file(FileFormat format);
  }

  private static final String SECRET_PLACE = "x-was-here";
  private static final String TRICKS =
      "../../"
          + SECRET_PLACE
          + "/\\u0000\\u001b]0;x\\u0007\\u009b2J: !!java.lang.Runtime &a *a %s\\n- b";

  private final Shell shell = new Shell();
  @TempDir private Path root;
  private Path folder;

  /** The folder is deep enough for paths that lead out of it. */
  @BeforeEach
  void setUp() throws IOException {
    folder = Files.createDirectories(root.resolve("a/b/c"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private int run(Reader reader, Path file) throws IOException {
    shell.merger = SnapshotMerge::merge;
    shell.properties.setProperty("metrics.agent.dir", folder.resolve("agent").toString());
    Path out = folder.resolve("out");
    String[] command = reader.command(file, out);
    int code = shell.run(command);
    assertThat(shell.err()).doesNotContain("\tat ");
    if (code == 2) {
      assertThat(shell.out()).as("errors are on standard error").isEmpty();
    }
    assertThat(shell.out() + shell.err())
        .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.filter(path -> !path.startsWith(out)))
          .noneMatch(path -> path.toString().contains(SECRET_PLACE));
    }
    return code;
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("file.json"), content);
  }

  @ParameterizedTest
  @EnumSource
  void aGoodFileIsRead(Reader reader) throws IOException {
    assertThat(run(reader, file(bytes(reader.format().file("a", "1"))))).as(shell.err()).isZero();
    assertThat(shell.err()).isEmpty();
  }

  static Stream<Arguments> faults() {
    List<Arguments> all = new ArrayList<>();
    for (Reader reader : Reader.values()) {
      for (Fault fault : Fault.values()) {
        all.add(Arguments.of(reader, fault));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aBrokenFileIsAnErrorOrASkipThatIsCounted(Reader reader, Fault fault) throws IOException {
    Path file = file(fault.file(reader.format()));
    int code = run(reader, file);
    assertThat(code).as(shell.err()).isEqualTo(codeOf(reader, fault));
    if (tells(reader, fault)) {
      assertThat(shell.err()).isNotBlank();
    }
  }

  private static int codeOf(Reader reader, Fault fault) {
    return switch (fault) {
      // These show what is no UTF-8 as a question mark.
      case NO_UTF_8 ->
          reader == Reader.REPLAY || reader == Reader.INSPECT ? 0 : reader.codeOfBroken();
      // A session is skipped, and a value of a snapshot or of W&B is as absent as a NaN.
      case BEYOND_DOUBLE -> reader.format().hasLines() ? reader.codeOfBroken() : 0;
      default -> reader.codeOfBroken();
    };
  }

  /** Returns whether anything is left out that the command was to read. */
  private static boolean tells(Reader reader, Fault fault) {
    boolean showsAll = reader == Reader.REPLAY || reader == Reader.INSPECT;
    return switch (fault) {
      case NO_UTF_8 -> !showsAll;
      case BEYOND_DOUBLE -> reader.format().hasLines() || reader == Reader.TO_EVALS;
      default -> true;
    };
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyFileHasNothing(Reader reader) throws IOException {
    int code = run(reader, file(new byte[0]));
    assertThat(code).as(shell.err()).isEqualTo(reader.format().hasLines() ? 0 : 1);
  }

  @ParameterizedTest
  @EnumSource
  void textsWithTricksAreTextsOnly(Reader reader) throws IOException {
    Path file = file(bytes(reader.format().file(TRICKS, "1")));
    assertThat(run(reader, file)).as(shell.err()).isZero();
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .isSubsetOf("file.json", "out", "agent");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsCompressedIsTold(Reader reader) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes(reader.format().file("a", "1")));
    }
    assertThat(run(reader, file(compressed.toByteArray()))).isEqualTo(1);
    assertThat(shell.err()).contains("file.json", "gunzip");
  }

  @ParameterizedTest
  @EnumSource
  void aFolderWithoutSuchFilesIsTold(Reader reader) throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    int code = run(reader, empty);
    boolean takesFolders = reader == Reader.ANALYZE || reader == Reader.TO_EVALS;
    assertThat(code).as(shell.err()).isEqualTo(takesFolders ? 0 : reader == Reader.WASR ? 1 : 2);
    assertThat(shell.err()).contains(empty.toString());
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatCannotBeReadIsTold(Reader reader) throws IOException {
    Path unreadable = Path.of("/proc/self/mem"); // also for root, whom permissions do not stop
    assumeTrue(Files.exists(unreadable));
    assertThat(run(reader, unreadable)).isEqualTo(1);
    assertThat(shell.err()).contains(unreadable.toString());
  }

  @ParameterizedTest
  @EnumSource
  void aPipeIsReadLikeAFile(Reader reader) throws Exception {
    Path pipe = folder.resolve("pipe.json");
    assumeTrue(makesPipe(pipe));
    CompletableFuture<Path> written =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.write(
                    pipe, bytes(reader.format().file("a", "1")), StandardOpenOption.WRITE);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(run(reader, pipe)).as(shell.err()).isZero();
    assertThat(shell.err()).isEmpty();
    written.get(1, TimeUnit.MINUTES);
  }

  private static boolean makesPipe(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // Windows
    }
  }

  /** A pipe in a folder would let the command wait forever for somebody to write into it. */
  @ParameterizedTest
  @EnumSource(names = {"ANALYZE", "TO_EVALS", "SLA"})
  void aPipeInAFolderIsPassedOver(Reader reader) throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.createDirectory(inner.resolve("folder.json"));
    Files.write(inner.resolve("good.json"), bytes(reader.format().file("a", "1")));
    assumeTrue(makesPipe(inner.resolve("pipe.json")));
    assertThat(run(reader, inner)).as(shell.err()).isZero();
    assertThat(shell.err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPORT_LOGS", "CLASSIFY", "SLA", "WASR", "REPLAY"})
  void aFileThatGrowsMeanwhileIsReadAsFarAsItGot(Reader reader) throws Exception {
    byte[] line = bytes(reader.format().file("a", "1"));
    Path file = file(line);
    CountDownLatch grown = new CountDownLatch(1);
    CompletableFuture<Void> growing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 300; i++) {
                try {
                  Files.write(file, line, StandardOpenOption.APPEND);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                grown.countDown();
              }
            });
    grown.await();
    assertThat(run(reader, file)).as(shell.err()).isZero();
    assertThat(shell.err()).doesNotContain("skipped 300");
    growing.get(1, TimeUnit.MINUTES);
  }
}
