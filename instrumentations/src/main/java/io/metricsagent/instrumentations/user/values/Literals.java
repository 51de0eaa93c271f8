package io.metricsagent.instrumentations.user.values;

/** Reads words that are numbers, {@code true}, {@code false} or {@code null}. Stateless. */
final class Literals {
  private Literals() {}

  /** Returns the value of a word that is not empty; the word itself if it is no other value. */
  static Object of(String word) {
    return switch (word) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      case "null" -> null;
      default -> isNumber(word) ? number(word) : word;
    };
  }

  /** Returns whether a word is digits, with a sign, and with a point between them if at all. */
  private static boolean isNumber(String word) {
    int from = word.charAt(0) == '-' ? 1 : 0;
    int point = -1;
    for (int i = from; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '.' && point < 0 && i > from) {
        point = i;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return word.length() > from && point != word.length() - 1;
  }

  private static Object number(String word) {
    if (word.indexOf('.') < 0 && word.length() < 19) {
      return Long.parseLong(word);
    }
    return Double.parseDouble(word);
  }
}
