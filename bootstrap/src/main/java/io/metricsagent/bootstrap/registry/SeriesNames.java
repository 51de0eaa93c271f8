package io.metricsagent.bootstrap.registry;

/**
 * Bounds the names that series and error types get from an application, and keeps them fit to be
 * written: of a long name the first characters count, and half of a surrogate pair, which no
 * encoding has, is spelled out when it is read.
 *
 * <p>A long name is looked up as it is: hash and comparison take its beginning, so that nothing is
 * allocated. Stateless.
 */
final class SeriesNames {
  /** Characters of a name that count. */
  static final int MAX_LENGTH = 200;

  private SeriesNames() {}

  /** Returns what is kept of a name; {@code null} for {@code null}. */
  static String kept(String name) {
    return kept(name, MAX_LENGTH);
  }

  /** Returns at most so many characters, and no half of a pair at the end of them. */
  static String kept(String name, int max) {
    return name == null || name.length() <= max ? name : name.substring(0, end(name, max));
  }

  private static int end(String name, int max) {
    return Character.isHighSurrogate(name.charAt(max - 1)) ? max - 1 : max;
  }

  /** Returns the hash code of what is kept; 0 for {@code null}. */
  static int hash(String name) {
    if (name == null) {
      return 0;
    }
    return name.length() <= MAX_LENGTH ? name.hashCode() : hashOfBeginning(name);
  }

  /** As {@link String#hashCode} has it. */
  private static int hashOfBeginning(String name) {
    int end = end(name, MAX_LENGTH);
    int hash = 0;
    for (int i = 0; i < end; i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return hash;
  }

  /** Returns whether {@code kept} is what is kept of a name. */
  static boolean matches(String kept, String name) {
    return matches(kept, name, MAX_LENGTH);
  }

  static boolean matches(String kept, String name, int max) {
    if (kept == null || name == null) {
      return kept == name;
    }
    return name.length() <= max
        ? kept.equals(name)
        : kept.length() == end(name, max) && name.startsWith(kept);
  }

  /**
   * Returns a name that every encoding has: the same, unless it holds half of a surrogate pair.
   * That becomes <code>&#92;ud800</code> or so, so that two names stay two.
   */
  static String wellFormed(String name) {
    if (name == null) {
      return null;
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        return spelledOut(name);
      }
    }
    return name;
  }

  private static String spelledOut(String name) {
    StringBuilder text = new StringBuilder(name.length() + 10);
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (Character.getType(c) == Character.SURROGATE) {
        text.append("\\u").append(Integer.toHexString(c));
      } else {
        text.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return text.toString();
  }
}
