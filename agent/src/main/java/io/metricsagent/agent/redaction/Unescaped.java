package io.metricsagent.agent.redaction;

import java.util.Arrays;

/**
 * A text with its JSON escapes replaced by the characters that they stand for. JSON within a text,
 * or within a string of JSON, may hide a secret: {@code bob\u0040example.com} is an address, and
 * the letter of {@code \n} is no part of the word that follows. Any number of backslashes begins an
 * escape, because each level of nesting doubles them. Not thread-safe.
 */
final class Unescaped {
  private static final String ESCAPES = "\"'/bfnrt";
  private static final String CHARACTERS = "\"'/\b\f\n\r\t";
  private static final int HEX_DIGITS = 4;

  private final StringBuilder text;

  /** The place in the original text of each character, and of the end. */
  private int[] places;

  private Unescaped(int length) {
    text = new StringBuilder(length);
    places = new int[length + 1];
  }

  /** Returns the text without its escapes, or {@code null} if it has none. */
  static Unescaped of(String original) {
    if (original.indexOf('\\') < 0) {
      return null;
    }
    Unescaped plain = new Unescaped(original.length());
    int i = 0;
    while (i < original.length()) {
      int letter = i;
      while (letter < original.length() && original.charAt(letter) == '\\') {
        letter++;
      }
      if (letter == i) {
        plain.add(original.charAt(i), i);
        i++;
      } else {
        i = plain.escape(original, i, letter);
      }
    }
    plain.places = Arrays.copyOf(plain.places, plain.text.length() + 1);
    plain.places[plain.text.length()] = original.length();
    return plain;
  }

  /**
   * Adds the character of an escape, or the backslashes themselves if they begin none.
   *
   * @param letter the place behind the backslashes
   * @return the place behind what was added
   */
  private int escape(String original, int begin, int letter) {
    char c = letter == original.length() ? 0 : original.charAt(letter);
    int known = ESCAPES.indexOf(c);
    int code = c == 'u' ? hexadecimal(original, letter + 1) : -1;
    if (known >= 0) {
      add(CHARACTERS.charAt(known), begin);
      return letter + 1;
    }
    if (code >= 0) {
      add((char) code, begin);
      return letter + 1 + HEX_DIGITS;
    }
    for (int i = begin; i < letter; i++) {
      add('\\', i);
    }
    return letter;
  }

  private static int hexadecimal(String text, int begin) {
    if (begin + HEX_DIGITS > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = begin; i < begin + HEX_DIGITS; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = 16 * code + digit;
    }
    return code;
  }

  private void add(char c, int place) {
    places[text.length()] = place;
    text.append(c);
  }

  /** Returns the text without escapes. */
  CharSequence text() {
    return text;
  }

  /** Returns where a place of the text without escapes is in the original one. */
  int placeOf(int place) {
    return places[place];
  }
}
