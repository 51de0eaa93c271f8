package io.metricsagent.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
  @TempDir private Path folder;

  private String after(String before) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), before);
    LineFile.append(file.toFile(), "b\n".getBytes(StandardCharsets.US_ASCII));
    return Files.readString(file);
  }

  @Test
  void anEmptyFileBeginsWithTheLine() throws IOException {
    assertThat(after("")).isEqualTo("b\n");
  }

  @Test
  void aLineStandsBehindOneThatIsWhole() throws IOException {
    assertThat(after("a\n")).isEqualTo("a\nb\n");
    assertThat(after("\n")).isEqualTo("\nb\n");
  }

  @Test
  void aLineThatWasCutOffIsEndedAtEachWrite() throws IOException {
    assertThat(after("a")).isEqualTo("a\nb\n");
    assertThat(after("a\nb\nx")).isEqualTo("a\nb\nx\nb\n");
  }

  @Test
  void aFileThatCannotBeWrittenIsToldByAnException() {
    assertThatThrownBy(() -> LineFile.append(folder.toFile(), new byte[] {'\n'}))
        .isInstanceOf(IOException.class);
  }
}
