package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The places of a page that are written by a program: the rest stays unchanged. */
final class Marks {
  private Marks() {}

  /**
   * Replaces what is between {@code <!-- name -->} and {@code <!-- /name -->}.
   *
   * @throws IOException if the page lacks the marks
   */
  static void replace(Path page, String name, String text) throws IOException {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->\n";
    String old = Files.readString(page);
    int from = old.indexOf(begin);
    int to = old.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(page + " lacks the marks " + begin.strip() + " and " + end.strip());
    }
    Files.writeString(page, old.substring(0, from + begin.length()) + text + old.substring(to));
  }
}
