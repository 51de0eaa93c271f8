package io.metricsagent.startup;

import java.util.List;
import java.util.Locale;

/**
 * What the JVM says of the classes that it loads ({@code -Xlog:class+load}).
 *
 * @param classes how many classes it loaded
 * @param archived how many of them it took from an archive, that of the JDK included
 */
record ClassLog(int classes, int archived) {
  private static final String SOURCE = " source: ";

  /** Reads the lines of a log. */
  static ClassLog of(List<String> lines) {
    int classes = 0;
    int archived = 0;
    for (String line : lines) {
      int source = line.indexOf(SOURCE);
      if (source >= 0) {
        classes++;
        archived += line.startsWith("shared objects file", source + SOURCE.length()) ? 1 : 0;
      }
    }
    return new ClassLog(classes, archived);
  }

  /** Returns the numbers for a table. */
  String text() {
    return String.format(Locale.ROOT, "%d of %d", archived, classes);
  }
}
