package io.metricsagent.instrumentations.rules.weaving;

import java.util.Locale;

/** Finds the method of a class that a user most likely meant. Stateless. */
final class SimilarMethod {
  private SimilarMethod() {}

  /**
   * Returns the name with the smallest edit distance, regardless of case; {@code null} if even that
   * one differs in more than a third of the name that was written.
   */
  static String of(String written, Iterable<String> names) {
    String nearest = null;
    int limit = Math.max(1, written.length() / 3);
    for (String name : names) {
      int distance = distance(lower(written), lower(name));
      if (distance <= limit) {
        nearest = name;
        limit = distance - 1; // of equally near ones the first
      }
    }
    return nearest;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Returns how many characters must be inserted, deleted or replaced. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
