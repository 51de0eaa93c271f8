package io.metricsagent.agent.config;

/** Finds the name that a user most likely meant. Stateless. */
public final class NearestName {
  private NearestName() {}

  /**
   * Returns the candidate with the smallest edit distance, or {@code null} when even this one
   * differs in more than half of the name. Of equally near candidates the first in alphabetical
   * order wins.
   *
   * <p>The prefix of all keys ({@code metrics.agent.}) does not count: it would make any two keys
   * look alike.
   */
  public static String of(String name, Iterable<String> candidates) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    String own = distinctive(name);
    for (String candidate : candidates) {
      int distance = distance(own, distinctive(candidate));
      if (distance < bestDistance
          || (distance == bestDistance && best != null && candidate.compareTo(best) < 0)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return bestDistance <= (own.length() + 1) / 2 ? best : null;
  }

  private static String distinctive(String name) {
    return name.startsWith(SettingCatalogue.PREFIX)
        ? name.substring(SettingCatalogue.PREFIX.length())
        : name;
  }

  /** Returns Levenshtein's distance: the number of characters to insert, delete or replace. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
