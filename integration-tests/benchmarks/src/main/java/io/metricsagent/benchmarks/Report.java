package io.metricsagent.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes Markdown between two marks of a file; the rest of the file stays unchanged. */
final class Report {
  private final String begin;
  private final String end;
  private final StringBuilder markdown = new StringBuilder();

  /**
   * Makes an empty report.
   *
   * @param mark the word of the two comments between which it is written
   */
  Report(String mark) {
    begin = "<!-- " + mark + " -->\n";
    end = "<!-- /" + mark + " -->\n";
  }

  void heading(String title) {
    markdown.append("\n#### ").append(title).append("\n\n");
  }

  void text(String paragraph) {
    markdown.append('\n').append(paragraph).append('\n');
  }

  /** Begins a table; {@code " | "} separates columns. */
  void table(String columns) {
    row(columns);
    row(columns.replaceAll("[^|]+", "---").replace("|", " | "));
  }

  void row(String cells) {
    markdown.append("| ").append(cells).append(" |\n");
  }

  void writeTo(Path file) throws IOException {
    String old = Files.readString(file);
    int first = old.indexOf(begin);
    int last = old.indexOf(end);
    if (first < 0 || last < first) {
      throw new IOException(file + " lacks the marks " + begin.strip() + " and " + end.strip());
    }
    Files.writeString(
        file, old.substring(0, first + begin.length()) + markdown + "\n" + old.substring(last));
  }

  @Override
  public String toString() {
    return markdown.toString();
  }
}
