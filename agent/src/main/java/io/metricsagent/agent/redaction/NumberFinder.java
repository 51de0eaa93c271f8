package io.metricsagent.agent.redaction;

import static io.metricsagent.agent.redaction.SecretFinder.isDigit;

/**
 * Finds card numbers and phone numbers. Both are groups of digits with little between them, so one
 * scan makes a list of the groups and looks at a bounded number of neighbours of each.
 *
 * <p>A card number has 13 to 19 digits, begins with 2 to 6 and has the check digit of Luhn's
 * formula. A phone number begins with {@code +} or {@code 00}, or with 0 and an area code, or is
 * one of North America in groups of 3, 3 and 4 digits. Ten digits without anything before or
 * between them are no phone number: most are times and ids. Digits of a UUID are no number.
 */
final class NumberFinder implements SecretFinder {
  private static final int MIN_CARD = 13;
  private static final int MAX_CARD = 19;
  private static final int MIN_INTERNATIONAL = 8;
  private static final int MAX_INTERNATIONAL = 15;
  private static final int MIN_NATIONAL = 9;
  private static final int MAX_NATIONAL = 12;
  private static final int MAX_BETWEEN = 3;
  private static final int CARD_GROUP = 3;
  private static final String UUID = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  private static final String BETWEEN = " -./()\u00a0\u2010\u2011\u2013";

  /** More groups than any number has: neighbours that a search looks at. */
  private static final int MAX_GROUPS = 10;

  @Override
  public void find(CharSequence text, Secrets secrets) {
    Groups groups = new Groups(text);
    for (int i = 0; i < groups.size(); i++) {
      int card = cardEnd(groups, i);
      if (card > 0) {
        secrets.add(groups.begin(i), card, Secrets.Kind.CARD_NUMBER);
      }
      int phone = phoneEnd(groups, i);
      if (phone > 0) {
        secrets.add(groups.begin(i), phone, Secrets.Kind.PHONE_NUMBER);
      }
    }
  }

  /** Returns where the longest card number ends that begins with a group, or 0. */
  private static int cardEnd(Groups groups, int first) {
    char brand = groups.firstDigit(first);
    if (brand < '2' || brand > '6') {
      return 0;
    }
    int found = 0;
    int digits = 0;
    int sum = 0;
    int sumIfOdd = 0;
    for (int i = first; i < groups.size() && i < first + MAX_GROUPS; i++) {
      int length = groups.length(i);
      boolean alone = i == first && length >= MIN_CARD;
      if (i > first && !groups.follows(i)
          || digits + length > MAX_CARD
          || length < CARD_GROUP && !alone) {
        break;
      }
      for (int k = 0; k < length; k++) {
        int digit = groups.digit(i, k);
        int doubled = digit > 4 ? 2 * digit - 9 : 2 * digit;
        boolean even = (digits + k) % 2 == 0;
        sum += even ? doubled : digit;
        sumIfOdd += even ? digit : doubled;
      }
      digits += length;
      int check = digits % 2 == 0 ? sum : sumIfOdd;
      if (digits >= MIN_CARD && check % 10 == 0) {
        found = groups.end(i);
      }
    }
    return found;
  }

  /** Returns where the phone number ends that begins with a group, or 0. */
  private static int phoneEnd(Groups groups, int first) {
    if (!groups.isFree(first)) {
      return 0;
    }
    if (groups.hasPlus(first)) {
      return longest(groups, first, MIN_INTERNATIONAL, MAX_INTERNATIONAL);
    }
    if (groups.firstDigit(first) == '0') {
      boolean international = groups.length(first) > 1 && groups.digit(first, 1) == 0;
      return international
          ? longest(groups, first, MIN_INTERNATIONAL + 2, MAX_INTERNATIONAL + 2)
          : longest(groups, first, MIN_NATIONAL, MAX_NATIONAL);
    }
    int area = groups.length(first) == 1 && groups.firstDigit(first) == '1' ? first + 1 : first;
    boolean groupsFit =
        area + 2 < groups.size()
            && (area == first || groups.follows(area))
            && groups.length(area) == 3
            && groups.follows(area + 1)
            && groups.length(area + 1) == 3
            && groups.follows(area + 2)
            && groups.length(area + 2) == 4
            && groups.endsFreely(area + 2);
    return groupsFit ? groups.end(area + 2) : 0;
  }

  private static int longest(Groups groups, int first, int min, int max) {
    int found = 0;
    int digits = 0;
    for (int i = first; i < groups.size() && i < first + MAX_GROUPS; i++) {
      digits += groups.length(i);
      if (i > first && !groups.follows(i) || digits > max) {
        break;
      }
      if (digits >= min && groups.endsFreely(i)) {
        found = groups.end(i);
      }
    }
    return found;
  }

  /** The groups of digits of a text, each a pair of places. */
  private static final class Groups {
    private final CharSequence text;
    private int[] places = new int[64];
    private int size;

    Groups(CharSequence text) {
      this.text = text;
      int i = 0;
      while (i < text.length()) {
        int uuid = uuidEnd(text, i);
        if (uuid > i) {
          i = uuid;
          continue;
        }
        if (!isDigit(text.charAt(i))) {
          i++;
          continue;
        }
        int begin = i;
        while (i < text.length() && isDigit(text.charAt(i))) {
          i++;
        }
        if (2 * size == places.length) {
          places = java.util.Arrays.copyOf(places, 2 * places.length);
        }
        places[2 * size] = begin;
        places[2 * size + 1] = i;
        size++;
      }
    }

    /** Returns where a UUID ends that begins at a place, or the place. */
    private static int uuidEnd(CharSequence text, int begin) {
      int end = begin + UUID.length();
      if (end > text.length()
          || begin > 0 && isOfWord(text.charAt(begin - 1))
          || end < text.length() && isOfWord(text.charAt(end))) {
        return begin;
      }
      for (int i = 0; i < UUID.length(); i++) {
        char c = text.charAt(begin + i);
        boolean fits = UUID.charAt(i) == '-' ? c == '-' : c < 0x80 && Character.digit(c, 16) >= 0;
        if (!fits) {
          return begin;
        }
      }
      return end;
    }

    int size() {
      return size;
    }

    private int digitsBegin(int group) {
      return places[2 * group];
    }

    int end(int group) {
      return places[2 * group + 1];
    }

    int length(int group) {
      return end(group) - digitsBegin(group);
    }

    int digit(int group, int index) {
      return text.charAt(digitsBegin(group) + index) - '0';
    }

    char firstDigit(int group) {
      return text.charAt(digitsBegin(group));
    }

    /** Returns where the number begins that begins with a group, with its plus and bracket. */
    int begin(int group) {
      int begin = digitsBegin(group);
      if (begin > 0 && text.charAt(begin - 1) == '(') {
        begin--;
      }
      return hasPlus(group) ? plusPlace(group) : begin;
    }

    boolean hasPlus(int group) {
      return plusPlace(group) >= 0;
    }

    private int plusPlace(int group) {
      int before = digitsBegin(group) - 1;
      if (before >= 0 && text.charAt(before) == '(') {
        before--;
      }
      return before >= 0 && text.charAt(before) == '+' ? before : -1;
    }

    /** Tells whether only a few separators are between a group and the one before it. */
    boolean follows(int group) {
      int between = digitsBegin(group) - end(group - 1);
      if (between > MAX_BETWEEN) {
        return false;
      }
      for (int i = end(group - 1); i < digitsBegin(group); i++) {
        if (BETWEEN.indexOf(text.charAt(i)) < 0) {
          return false;
        }
      }
      return true;
    }

    /** Tells whether no word ends where a group begins. */
    boolean isFree(int group) {
      int begin = digitsBegin(group);
      return begin == 0 || !isOfWord(text.charAt(begin - 1));
    }

    /** Tells whether no word begins where a group ends. */
    boolean endsFreely(int group) {
      return end(group) == text.length() || !isOfWord(text.charAt(end(group)));
    }

    private static boolean isOfWord(char c) {
      return Character.isLetterOrDigit(c) || c == '_';
    }
  }
}
