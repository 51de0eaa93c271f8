package io.metricsagent.agent.redaction;

import static io.metricsagent.agent.redaction.SecretFinder.isAlphanumeric;

import java.util.List;
import java.util.Locale;

/**
 * Finds what stands behind a word that announces a secret: {@code Bearer abc}, {@code api_key=abc},
 * {@code "password": "abc"}, {@code Authorization: Basic abc}.
 */
final class AssignedSecretFinder implements SecretFinder {
  /** Names of secrets, in lower case and without hyphens and underscores. */
  private static final List<String> NAMES =
      List.of(
          "apikey",
          "secret",
          "secretkey",
          "clientsecret",
          "accesskey",
          "secretaccesskey",
          "token",
          "accesstoken",
          "refreshtoken",
          "authtoken",
          "authorization",
          "password",
          "passwd");

  private static final String BEARER = "bearer";
  private static final int MIN_TOKEN = 8;
  private static final int MIN_VALUE = 8;
  private static final int MIN_PASSWORD = 4;

  /** The longest name, with hyphens and underscores and a word before it, as in x-api-key. */
  private static final int MAX_NAME = 40;

  @Override
  public void find(CharSequence text, Secrets secrets) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int next = i + 1;
      if ((c == 'b' || c == 'B') && SecretFinder.isAt(text, i, BEARER)) {
        next = bearer(text, i + BEARER.length(), secrets);
      } else if (c == '=' || c == ':') {
        next = assignment(text, i, secrets);
      }
      i = Math.max(i + 1, next);
    }
  }

  private static int bearer(CharSequence text, int from, Secrets secrets) {
    int begin = from;
    while (begin < text.length() && isBetween(text.charAt(begin))) {
      begin++;
    }
    int end = begin;
    while (end < text.length() && isOfToken(text.charAt(end))) {
      end++;
    }
    if (begin > from && end - begin >= MIN_TOKEN) {
      secrets.add(begin, end, Secrets.Kind.BEARER_TOKEN);
    }
    return end;
  }

  private static boolean isBetween(char c) {
    return c == ' ' || c == '\t' || c == ':' || c == '=' || c == '"' || c == '\\' || c == '\'';
  }

  private static boolean isOfToken(char c) {
    return isAlphanumeric(c) || "-._~+/=".indexOf(c) >= 0;
  }

  /** Looks at both sides of an equals sign or colon. */
  private static int assignment(CharSequence text, int sign, Secrets secrets) {
    int nameEnd = sign;
    int floor = Math.max(0, sign - MAX_NAME);
    while (nameEnd > floor && isAround(text.charAt(nameEnd - 1))) {
      nameEnd--;
    }
    StringBuilder reversed = new StringBuilder();
    for (int i = nameEnd; i > floor && isOfName(text.charAt(i - 1)); i--) {
      reversed.append(text.charAt(i - 1));
    }
    String name = reversed.reverse().toString();
    if (!isSecretName(name)) {
      return sign + 1;
    }
    int begin = sign + 1;
    while (begin < text.length() && (isAround(text.charAt(begin)) || text.charAt(begin) == '=')) {
      begin++;
    }
    boolean quoted = text.charAt(begin - 1) == '"' || text.charAt(begin - 1) == '\'';
    boolean header = SecretFinder.isAt(name, 0, "authorization");
    int end = begin;
    while (end < text.length() && !isValueEnd(text.charAt(end), quoted || header)) {
      end++;
    }
    boolean password = name.toLowerCase(Locale.ROOT).contains("passw");
    if (end - begin >= (password ? MIN_PASSWORD : MIN_VALUE)) {
      secrets.add(begin, end, Secrets.Kind.API_KEY);
    }
    return end;
  }

  private static boolean isAround(char c) {
    return c == ' ' || c == '\t' || c == '"' || c == '\'' || c == '\\';
  }

  private static boolean isOfName(char c) {
    return isAlphanumeric(c) || c == '-' || c == '_';
  }

  private static boolean isValueEnd(char c, boolean withBlanks) {
    return c < ' '
        || c == '"'
        || c == '\''
        || c == '\\'
        || !withBlanks && (c == ' ' || c == ',' || c == ';' || c == '&' || c == '}' || c == ')');
  }

  /** Tells whether a field of this name holds a secret: {@code api_key}, {@code X-API-Key}. */
  static boolean isSecretName(String name) {
    if (name.length() > MAX_NAME) {
      return false;
    }
    StringBuilder plain = new StringBuilder();
    boolean wordBegins = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isAlphanumeric(c)) {
        boolean upper = c >= 'A' && c <= 'Z';
        boolean afterLower = i > 0 && name.charAt(i - 1) >= 'a' && name.charAt(i - 1) <= 'z';
        if (wordBegins || upper && afterLower) {
          plain.append('_');
        }
        plain.append(upper ? (char) (c + ('a' - 'A')) : c);
        wordBegins = false;
      } else {
        wordBegins = true;
      }
    }
    String words = plain.toString();
    for (int begin = 0; begin >= 0; begin = words.indexOf('_', begin + 1)) {
      if (NAMES.contains(words.substring(begin).replace("_", ""))) {
        return true;
      }
    }
    return false;
  }
}
