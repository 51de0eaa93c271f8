package io.metricsagent.agent.rulefiles;

/**
 * Lets people write {@code {methods: [ack], id: arg[0]}} and {@code [stream(int, long)]} without
 * quotes.
 *
 * <p>Between braces or brackets, YAML ends a plain text at the next bracket or comma. So those
 * within a path or within the parentheses of a method stand for others while the file is parsed:
 * characters of Unicode that mean nothing (private use). The text keeps its length, so all places
 * stay right. In other texts and in comments the exchange does no harm, as it is undone in each
 * value. Stateless.
 */
final class PlainBrackets {
  private static final String MEANT = "[],";
  private static final String STAND_INS = "\uE000\uE001\uE002";
  private static final String[] ROOTS = {"arg", "this", "return", "thrown", "message"};

  private PlainBrackets() {}

  /** Returns the text with stand-ins, or itself if it has some of its own. */
  static String hidden(String text) {
    char[] hidden = text.toCharArray();
    for (char c : hidden) {
      if (STAND_INS.indexOf(c) >= 0) {
        return text;
      }
    }
    int at = 0;
    while (at < hidden.length) {
      if (!isWord(hidden[at])) {
        at++;
        continue;
      }
      int end = at;
      while (end < hidden.length && isWord(hidden[end])) {
        end++;
      }
      if (end < hidden.length && hidden[end] == '(') {
        end = hideParameters(hidden, end);
      } else if (isRoot(text, at, end)) {
        end = hidePath(hidden, end);
      }
      at = end;
    }
    return new String(hidden);
  }

  /** Returns a value with what was meant. */
  static String shown(String value) {
    String shown = value;
    for (int i = 0; i < MEANT.length(); i++) {
      shown = shown.replace(STAND_INS.charAt(i), MEANT.charAt(i));
    }
    return shown;
  }

  private static boolean isWord(char c) {
    return Character.isJavaIdentifierPart(c);
  }

  private static boolean isRoot(String text, int from, int to) {
    for (String root : ROOTS) {
      if (root.length() == to - from && text.startsWith(root, from)) {
        return true;
      }
    }
    return false;
  }

  /** Hides the brackets of the steps that begin at a place, and returns the end of them. */
  private static int hidePath(char[] text, int start) {
    int at = start;
    while (at < text.length) {
      if (text[at] == '[') {
        int close = closing(text, at);
        if (close < 0) {
          return at;
        }
        for (int i = at; i <= close; i++) {
          hide(text, i);
        }
        at = close + 1;
      } else if (text[at] == '.' || isWord(text[at]) || text[at] == '(' || text[at] == ')') {
        at++;
      } else {
        return at;
      }
    }
    return at;
  }

  /** Returns where the bracket ends that contains a number, {@code *} or a quoted key; else -1. */
  private static int closing(char[] text, int open) {
    int at = open + 1;
    if (at < text.length && (text[at] == '"' || text[at] == '\'')) {
      char quote = text[at++];
      while (at < text.length && text[at] != quote && text[at] != '\n') {
        at++;
      }
      at++;
    } else {
      while (at < text.length && (text[at] == '*' || (text[at] >= '0' && text[at] <= '9'))) {
        at++;
      }
    }
    return at > open + 1 && at < text.length && text[at] == ']' ? at : -1;
  }

  /** Hides what is between parentheses on one line, and returns the end of it. */
  private static int hideParameters(char[] text, int open) {
    int close = open + 1;
    while (close < text.length && (isWord(text[close]) || " .,[]<>?&".indexOf(text[close]) >= 0)) {
      close++;
    }
    if (close == text.length || text[close] != ')') {
      return open + 1;
    }
    for (int i = open; i < close; i++) {
      hide(text, i);
    }
    return close + 1;
  }

  private static void hide(char[] text, int at) {
    int which = MEANT.indexOf(text[at]);
    if (which >= 0) {
      text[at] = STAND_INS.charAt(which);
    }
  }
}
