package io.metricsagent.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private final List<String> handled = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private final JsonLines lines =
      new JsonLines(
          (bytes, begin, end) -> {
            String line = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
            handled.add(line);
            return !line.contains("unusable");
          });

  /** Hands on a few bytes at a time, so that lines are cut wherever that may be. */
  private void read(String text, int atOnce) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    lines.read(
        (into, offset, length) -> in.read(into, offset, Math.min(length, atOnce)), progress::add);
  }

  @Test
  void linesAreHandedOnWithoutTheBlanksAroundThemWhereverTheReadsEnd() throws IOException {
    for (int atOnce = 1; atOnce < 20; atOnce++) {
      handled.clear();
      read("{1}\n\n \f\t{2}\u000b \r\n\uFEFF{3}\n{4}", atOnce);
      assertThat(handled).containsExactly("{1}", "{2}", "{3}", "{4}");
    }
    assertThat(lines.skipped()).isEqualTo(SkippedLines.NONE);
  }

  /**
   * The reader looks at eight bytes at a time; those beside a newline may differ from it by a bit.
   */
  @Test
  void linesOfAnyLengthEndAtTheirNewline() throws IOException {
    List<String> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int length = 0; length < 40; length++) {
      for (String neighbour : List.of("x", "*", "\u00ca", "\u008b", "\u0001")) {
        String line = "{" + neighbour.repeat(length) + "}";
        expected.add(line);
        text.append(line).append('\n');
      }
    }

    read(text.toString(), Integer.MAX_VALUE);

    assertThat(handled).isEqualTo(expected);
    assertThat(lines.count()).isEqualTo(expected.size());
  }

  @Test
  void linesAreCountedAndNumberedWithTheBlankOnes() throws IOException {
    read("\n{unusable}\n\n[1]\n{1}\n{torn", 5);
    assertThat(lines.count()).isEqualTo(6);
    assertThat(lines.skipped()).isEqualTo(new SkippedLines(3, List.of(2L, 4L, 6L)));
    assertThat(handled).containsExactly("{unusable}", "{1}");
  }

  @Test
  void aLineThatIsTooLongIsSkippedAndTheNextOneIsNot() throws IOException {
    String longest = "{" + "x".repeat(JsonLines.MAX_LINE - 3) + "}";
    read(longest + "\n{" + longest + "\n{1}\n{" + longest, Integer.MAX_VALUE);
    assertThat(handled).containsExactly(longest, "{1}");
    assertThat(lines.skipped().first()).containsExactly(2L, 4L);
  }

  @Test
  void tellsHowManyBytesHaveBeenReadInAll() throws IOException {
    read("{1}\n{2}", 3);
    assertThat(progress).containsExactly(3L, 6L, 7L);
  }

  @Test
  void anEmptySourceHasNoLines() throws IOException {
    read("", 1);
    assertThat(lines.count()).isZero();
    assertThat(progress).isEmpty();
  }
}
