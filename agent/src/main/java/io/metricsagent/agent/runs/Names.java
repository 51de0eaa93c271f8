package io.metricsagent.agent.runs;

/**
 * Makes strings of characters and remembers some of them, so that a name that each line repeats is
 * made once. Not thread-safe.
 */
final class Names {
  private static final int SLOTS = 64;
  private static final int FACTOR = 31;

  private final String[] remembered = new String[SLOTS];

  /** Returns the characters as a string. */
  String of(char[] text, int offset, int length) {
    if (length == 0) {
      return "";
    }
    int hash = (length * FACTOR + text[offset]) * FACTOR + text[offset + length - 1];
    int slot = Math.floorMod(hash, SLOTS);
    String name = remembered[slot];
    if (name == null || !equal(name, text, offset, length)) {
      name = new String(text, offset, length);
      remembered[slot] = name;
    }
    return name;
  }

  private static boolean equal(String name, char[] text, int offset, int length) {
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != text[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
