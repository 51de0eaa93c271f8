package io.metricsagent.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes Markdown between two marks of a file; the rest of the file stays unchanged. */
final class Report {
  private static final String BEGIN = "<!-- benchmarks -->\n";
  private static final String END = "<!-- /benchmarks -->\n";

  private final StringBuilder markdown = new StringBuilder();

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
    int begin = old.indexOf(BEGIN);
    int end = old.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " lacks the marks " + BEGIN.strip() + " and " + END.strip());
    }
    Files.writeString(
        file, old.substring(0, begin + BEGIN.length()) + markdown + "\n" + old.substring(end));
  }

  @Override
  public String toString() {
    return markdown.toString();
  }
}
