package io.metricsagent.instrumentations.user.values;

import java.util.Locale;

/** Words that people write in place of those that begin a path. Stateless. */
final class FirstWords {
  /** The words that begin a path. That of an argument is too short to be guessed by its letters. */
  private static final String[] GUESSED = {"this", "return", "thrown", "message"};

  private FirstWords() {}

  /**
   * Returns what is wrong with a text and what to write instead, if the text has the form of a path
   * and a first word that is likely to be meant for one; else {@code null}.
   *
   * @param text begins with the word
   */
  static String mistake(String text) {
    int end = 0;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    if (end == 0 || !goesOn(text, end)) {
      return null;
    }
    String word = text.substring(0, end);
    String root = root(word.toLowerCase(Locale.ROOT), text.charAt(end) == '[');
    return root == null
        ? null
        : word
            + " is none of the words that begin a path; write "
            + root
            + text.substring(end)
            + ", or put quotes around a text, as in '\""
            + text
            + "\"'";
  }

  /** Returns whether a step follows the first word. */
  private static boolean goesOn(String text, int end) {
    if (end == text.length()) {
      return false;
    }
    return text.charAt(end) == '['
        || (text.charAt(end) == '.'
            && end + 1 < text.length()
            && Character.isJavaIdentifierStart(text.charAt(end + 1)));
  }

  /** Returns the beginning of a path that a word was meant for, or {@code null}. */
  private static String root(String word, boolean element) {
    return switch (word) {
      case "arg",
          "args",
          "agr",
          "argument",
          "arguments",
          "param",
          "params",
          "parameter",
          "parameters" ->
          element ? "arg" : "arg[0]";
      case "self", "instance" -> "this";
      case "result", "results", "response", "ret", "returned" -> "return";
      case "ex", "err", "exc", "exception", "error", "throwable" -> "thrown";
      case "msg", "msgs" -> "message";
      default -> isNumbered(word) ? "arg[" + word.substring(3) + "]" : guessed(word);
    };
  }

  /** Returns whether a word is {@code arg0} or the like. */
  private static boolean isNumbered(String word) {
    if (!word.startsWith("arg") || word.length() == 3 || word.length() > 6) {
      return false;
    }
    for (int i = 3; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static String guessed(String word) {
    for (String root : GUESSED) {
      if (isNear(word, root)) {
        return root;
      }
    }
    return null;
  }

  /** Returns whether two words are equal but for one letter, or for two that changed places. */
  private static boolean isNear(String a, String b) {
    int same = 0;
    while (same < a.length() && same < b.length() && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    String restA = a.substring(same);
    String restB = b.substring(same);
    if (restA.isEmpty() || restB.isEmpty()) {
      return restA.length() + restB.length() <= 1;
    }
    String nextA = restA.substring(1);
    String nextB = restB.substring(1);
    return nextA.equals(nextB)
        || nextA.equals(restB)
        || restA.equals(nextB)
        || (!nextA.isEmpty()
            && !nextB.isEmpty()
            && restA.charAt(0) == restB.charAt(1)
            && restA.charAt(1) == restB.charAt(0)
            && restA.substring(2).equals(restB.substring(2)));
  }
}
