package io.metricsagent.agent.redaction;

/** Finds secrets of a kind. Thread-safe. */
interface SecretFinder {
  /**
   * Adds the secrets of a text. Looks at each character a bounded number of times.
   *
   * @throws TooManyStepsException if that bound was reached
   */
  void find(CharSequence text, Secrets secrets) throws TooManyStepsException;

  /** Tells whether a character is a letter or digit of ASCII. */
  static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
  }

  /** Tells whether a character is a digit of ASCII. */
  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Tells whether a word stands at a place of a text, in either case; the word is in lower case.
   */
  static boolean isAt(CharSequence text, int place, String word) {
    if (place + word.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = text.charAt(place + i);
      char lower = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
      if (lower != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
