package io.metricsagent.agent.rollups.signals;

/**
 * The key of a session: its stream and its request. A request's id may be used again in another
 * stream, and a stream may have several requests, so neither is enough. Stateless.
 */
public final class SessionKey {
  static final String SEPARATOR = "|";

  private static final String MISSING_STREAM = "_missing_stream";
  private static final String MISSING_REQUEST = "_missing_request";
  private static final String MISSING_EVENT = "_missing_event";

  private static final int SURROGATES = Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1;
  private static final int ABOVE_SURROGATES = Character.MAX_VALUE - Character.MAX_SURROGATE;

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
    String key = streamPart + SEPARATOR + requestPart;
    return isBlank(stream) && isBlank(request)
        ? key + SEPARATOR + orElse(event, MISSING_EVENT)
        : key;
  }

  /** Returns whether an id is missing. */
  static boolean isBlank(String id) {
    return id == null || id.isBlank();
  }

  private static String orElse(String id, String missing) {
    return isBlank(id) ? missing : id.strip();
  }

  /**
   * Returns the key in a form whose order byte by byte is that of the key's code points. Unlike
   * UTF-8 it tells halves of surrogate pairs apart.
   */
  static byte[] sortable(String key) {
    byte[] bytes = new byte[Character.BYTES * key.length()];
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      // A surrogate stands for a code point above all others.
      int moved =
          c < Character.MIN_SURROGATE
              ? c
              : c > Character.MAX_SURROGATE ? c - SURROGATES : c + ABOVE_SURROGATES;
      bytes[2 * i] = (byte) (moved >> Byte.SIZE);
      bytes[2 * i + 1] = (byte) moved;
    }
    return bytes;
  }
}
