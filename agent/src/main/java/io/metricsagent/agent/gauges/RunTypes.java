package io.metricsagent.agent.gauges;

import java.util.ArrayList;
import java.util.List;

/**
 * The types of runs: the first pattern that a run's name matches names its type. Immutable.
 *
 * <p>A list such as {@code train=github.sky.*;sweep=*sweep*}{@code /i}. In a pattern, {@code *}
 * stands for any text, and everything else for itself; {@code /i} at the end of a pattern ignores
 * upper and lower case.
 */
public final class RunTypes {
  /** The type of runs that belong to a sweep, if no earlier pattern matches. */
  static final String SWEEP = "sweep";

  /** The type of all other runs. */
  static final String OTHER = "all";

  private static final String IGNORING_CASE = "/i";

  private final List<Pattern> patterns;

  private record Pattern(String type, String text, boolean ignoresCase) {}

  private RunTypes(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Reads a list of patterns.
   *
   * @throws IllegalArgumentException if an entry is not {@code type=pattern}; the message says what
   *     to write
   */
  public static RunTypes of(String list) {
    List<Pattern> patterns = new ArrayList<>();
    for (String entry : list.split(";", -1)) {
      String trimmed = entry.trim();
      int equals = trimmed.indexOf('=');
      if (equals <= 0 || equals == trimmed.length() - 1) {
        throw new IllegalArgumentException(
            "'" + trimmed + "' is no pattern of a type; write type=pattern;type2=pattern2");
      }
      String text = trimmed.substring(equals + 1).trim();
      boolean ignoresCase = text.endsWith(IGNORING_CASE);
      patterns.add(
          new Pattern(
              trimmed.substring(0, equals).trim(),
              ignoresCase ? text.substring(0, text.length() - IGNORING_CASE.length()) : text,
              ignoresCase));
    }
    return new RunTypes(patterns);
  }

  /**
   * Returns the type of a run.
   *
   * @param inSweep whether the run is known to belong to a sweep, whatever its name
   */
  public String typeOf(String name, boolean inSweep) {
    for (Pattern pattern : patterns) {
      boolean member = inSweep && pattern.type.equals(SWEEP);
      if (member || matches(pattern, name)) {
        return pattern.type;
      }
    }
    return OTHER;
  }

  /**
   * Compares from left to right. After a mismatch, the text behind the last {@code *} is compared
   * again one character further on; earlier ones need not be tried again.
   */
  private static boolean matches(Pattern pattern, String name) {
    String text = pattern.text;
    int p = 0;
    int n = 0;
    int afterStar = -1;
    int retry = -1;
    while (n < name.length()) {
      if (p < text.length() && text.charAt(p) == '*') {
        p++;
        afterStar = p;
        retry = n;
      } else if (p < text.length() && isSame(text.charAt(p), name.charAt(n), pattern.ignoresCase)) {
        p++;
        n++;
      } else if (afterStar >= 0) {
        retry++;
        p = afterStar;
        n = retry;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }

  private static boolean isSame(char a, char b, boolean ignoringCase) {
    return a == b
        || (ignoringCase
            && Character.toLowerCase(Character.toUpperCase(a))
                == Character.toLowerCase(Character.toUpperCase(b)));
  }
}
