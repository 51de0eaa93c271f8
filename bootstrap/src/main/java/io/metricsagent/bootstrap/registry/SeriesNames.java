package io.metricsagent.bootstrap.registry;

/**
 * Makes the names that series and error types get from an application short and writable: long
 * names are cut, and half of a surrogate pair, which no encoding can write, is replaced by an
 * escape when the name is read.
 *
 * <p>A look-up does not cut a long name, which would allocate: hash and comparison ignore the rest
 * of it. Stateless.
 */
final class SeriesNames {
  /** How many characters of a name count. */
  static final int MAX_LENGTH = 200;

  private SeriesNames() {}

  /** Returns a name, cut to {@value #MAX_LENGTH} characters; {@code null} for {@code null}. */
  static String kept(String name) {
    return kept(name, MAX_LENGTH);
  }

  /** Returns a name, cut to {@code max} characters, or one less to end before a surrogate pair. */
  static String kept(String name, int max) {
    return name == null || name.length() <= max ? name : name.substring(0, end(name, max));
  }

  private static int end(String name, int max) {
    return Character.isHighSurrogate(name.charAt(max - 1)) ? max - 1 : max;
  }

  /** Returns the hash code of the cut name; 0 for {@code null}. */
  static int hash(String name) {
    if (name == null) {
      return 0;
    }
    return name.length() <= MAX_LENGTH ? name.hashCode() : hashOfBeginning(name);
  }

  /** Computes what {@link String#hashCode} would return for the cut name. */
  private static int hashOfBeginning(String name) {
    int end = end(name, MAX_LENGTH);
    int hash = 0;
    for (int i = 0; i < end; i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return hash;
  }

  /** Returns whether {@code name}, once cut, equals {@code kept}. */
  static boolean matches(String kept, String name) {
    return matches(kept, name, MAX_LENGTH);
  }

  static boolean matches(String kept, String name, int max) {
    if (kept == name || kept == null || name == null) { // most names are the object that is kept
      return kept == name;
    }
    return name.length() <= max
        ? kept.equals(name)
        : kept.length() == end(name, max) && name.startsWith(kept);
  }

  /**
   * Returns a name that every encoding can write. Each half of a surrogate pair is replaced by its
   * escape, such as <code>&#92;ud800</code>, so that different names stay different.
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
