package io.metricsagent.agent.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Finds what the user's own pattern matches.
 *
 * <p>RE2/J follows all alternatives at once, so one search looks at each character once. Searching
 * on behind each match may still look at the rest of the text many times, if the pattern prefers a
 * short match that it can only choose at the end of the text. So the looks are counted.
 */
final class PatternFinder implements SecretFinder {
  /** How often each character may be looked at, on average. */
  static final int LOOKS = 64;

  private final Pattern pattern;

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException if the pattern is malformed; the message says how
   */
  PatternFinder(String pattern) {
    try {
      this.pattern = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription() + ": " + e.getPattern(), e);
    }
  }

  @Override
  public void find(CharSequence text, Secrets secrets) {
    Matcher matcher = pattern.matcher(new CountedText(text));
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        secrets.add(matcher.start(), matcher.end(), Secrets.Kind.OWN);
      }
    }
  }

  /** A text that may be looked at a limited number of times. */
  private static final class CountedText implements CharSequence {
    private final CharSequence text;
    private long left;

    CountedText(CharSequence text) {
      this.text = text;
      left = (long) LOOKS * (text.length() + LOOKS);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (left-- == 0) {
        throw new TooManyStepsException();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
