package io.metricsagent.agent.rollups.signals;

import java.util.Comparator;

/**
 * The key of a session: its stream and its request. A request's id may be used again in another
 * stream, and a stream may have several requests, so neither is enough. Stateless.
 */
public final class SessionKey {
  private static final String MISSING_STREAM = "_missing_stream";
  private static final String MISSING_REQUEST = "_missing_request";
  private static final String MISSING_EVENT = "_missing_event";

  /** Compares by code points, and not by UTF-16 units. */
  static final Comparator<String> ORDER = SessionKey::compare;

  private SessionKey() {}

  /**
   * Returns the key. Of an id, the blanks around it do not count; a blank id is a missing one.
   *
   * @param stream may be {@code null}, as the others may
   * @param event tells signals apart that have neither a stream nor a request
   */
  public static String of(String stream, String request, String event) {
    String streamPart = orElse(stream, MISSING_STREAM);
    String requestPart = orElse(request, MISSING_REQUEST);
    String key = streamPart + "|" + requestPart;
    return isBlank(stream) && isBlank(request) ? key + "|" + orElse(event, MISSING_EVENT) : key;
  }

  /** Returns whether an id is missing. */
  static boolean isBlank(String id) {
    return id == null || id.isBlank();
  }

  private static String orElse(String id, String missing) {
    return isBlank(id) ? missing : id.strip();
  }

  private static int compare(String first, String second) {
    int length = Math.min(first.length(), second.length());
    for (int i = 0; i < length; i++) {
      char a = first.charAt(i);
      char b = second.charAt(i);
      if (a != b) {
        // A surrogate stands for a code point above all others.
        boolean surrogates = Character.isSurrogate(a) == Character.isSurrogate(b);
        return surrogates ? a - b : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return first.length() - second.length();
  }
}
