package io.metricsagent.instrumentations.user.values;

/** The text of an expression, read from left to right. Not thread-safe. */
final class ExpressionText {
  private final String text;
  private int at;

  ExpressionText(String text) {
    this.text = text;
  }

  /** Returns the place of the next character, from 0. */
  int at() {
    return at;
  }

  /** Goes on at another place. */
  void at(int place) {
    at = place;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** Returns the next character; 0 at the end. */
  char next() {
    return isAtEnd() ? 0 : text.charAt(at);
  }

  void skipBlanks() {
    while (!isAtEnd() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  /** Skips a text if it comes next, and returns whether it does. */
  boolean skip(String expected) {
    if (!text.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  /** Returns whether a word comes next, and then a blank, the end, or one of some characters. */
  boolean comes(String word, String orOneOf) {
    if (!text.startsWith(word, at)) {
      return false;
    }
    int end = at + word.length();
    return end == text.length()
        || isBlank(text.charAt(end))
        || orOneOf.indexOf(text.charAt(end)) >= 0;
  }

  /** Reads up to a blank, {@code ==} or the end. */
  String word() {
    int from = at;
    while (!isAtEnd() && !isBlank(text.charAt(at)) && !text.startsWith("==", at)) {
      at++;
    }
    return text.substring(from, at);
  }

  /** Reads the name of a Java element; empty if there is none. */
  String identifier() {
    int from = at;
    while (!isAtEnd()) {
      int c = text.codePointAt(at);
      boolean fits =
          at == from ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c);
      if (!fits || Character.isIdentifierIgnorable(c)) {
        break;
      }
      at += Character.charCount(c);
    }
    return text.substring(from, at);
  }

  /** Reads digits; empty if there are none. */
  String digits() {
    int from = at;
    while (next() >= '0' && next() <= '9') {
      at++;
    }
    return text.substring(from, at);
  }

  /** Reads what is between two equal quotes; a backslash stands before a quote or a backslash. */
  String quoted() throws ExpressionException {
    int from = at;
    char quote = text.charAt(at++);
    StringBuilder content = new StringBuilder();
    while (next() != quote) {
      if (isAtEnd()) {
        throw error(from, "the text that begins here has no end; write " + quote + " behind it");
      }
      if (next() == '\\') {
        at++;
        if (next() != '\\' && next() != '"' && next() != '\'') {
          throw error(at - 1, "a backslash stands only before a quote; write two for one");
        }
      }
      content.append(text.charAt(at++));
    }
    at++;
    return content.toString();
  }

  /** Returns the rest of the text without blanks at its ends, at most 40 characters of it. */
  String rest() {
    String rest = text.substring(Math.min(at, text.length())).trim();
    return rest.length() <= 40 ? rest : rest.substring(0, 40) + "...";
  }

  /** Returns an error at a place from 0. */
  ExpressionException error(int place, String message) {
    return new ExpressionException(place + 1, message);
  }

  private static boolean isBlank(char c) {
    return c <= ' ';
  }
}
