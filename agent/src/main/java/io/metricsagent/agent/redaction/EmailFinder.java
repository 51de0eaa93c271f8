package io.metricsagent.agent.redaction;

/**
 * Finds e-mail addresses: from each at sign to the left and to the right, as far as an address may
 * reach. Both ends stop at another at sign, so no character is looked at more than a few times.
 */
final class EmailFinder implements SecretFinder {
  private static final String LOCAL_SYMBOLS = "._%+-'~";

  /** The at sign in an address of the web. */
  private static final String ENCODED = "%40";

  @Override
  public void find(CharSequence text, Secrets secrets) {
    int floor = 0;
    for (int i = 0; i < text.length(); i++) {
      int sign = text.charAt(i) == '@' ? 1 : SecretFinder.isAt(text, i, ENCODED) ? 3 : 0;
      if (sign > 0) {
        int begin = localBegin(text, i, floor);
        int end = domainEnd(text, i + sign);
        if (begin < i && end > 0) {
          secrets.add(begin, end, Secrets.Kind.EMAIL);
        }
        floor = i + sign;
      }
    }
  }

  private static int localBegin(CharSequence text, int at, int floor) {
    int begin = at;
    if (at - floor >= 2 && text.charAt(at - 1) == '"') {
      int quote = at - 2;
      while (quote > floor && text.charAt(quote) != '"') {
        quote--;
      }
      return text.charAt(quote) == '"' ? quote : at;
    }
    while (begin > floor && isLocal(text.charAt(begin - 1))) {
      begin--;
    }
    while (begin < at && text.charAt(begin) == '.') {
      begin++;
    }
    return begin;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || LOCAL_SYMBOLS.indexOf(c) >= 0;
  }

  /** Returns where a domain with at least one dot ends, or 0 if there is none. */
  private static int domainEnd(CharSequence text, int from) {
    int end = from;
    int lastDot = -1;
    int labelBegin = from;
    int found = 0;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (c == '.') {
        if (end == labelBegin) {
          break;
        }
        lastDot = end;
        labelBegin = end + 1;
      } else if (Character.isLetterOrDigit(c) || c == '-') {
        if (lastDot >= 0) {
          found = end + 1;
        }
      } else {
        break;
      }
      end++;
    }
    return found;
  }
}
