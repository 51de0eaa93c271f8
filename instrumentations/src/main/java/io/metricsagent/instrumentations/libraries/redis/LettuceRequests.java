package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.instrumentations.access.Accessor;

/**
 * Reads the commands of Lettuce. Commands complete on the threads that serve all connections, so of
 * a command with many arguments only the first one is read. Stateless.
 */
final class LettuceRequests {
  private static final Accessor TYPE = Accessor.path("getType()");
  private static final Accessor FIRST_KEY = Accessor.path("getArgs().getFirstEncodedKey()");
  private static final Accessor TEXT = Accessor.path("getArgs().toCommandString()");
  private static final String STREAMS = " STREAMS ";
  private static final String WITHOUT_ACK = " NOACK STREAMS ";
  private static final String WITHOUT_ACK_AND_CLAIMING = " NOACK CLAIM ";

  private LettuceRequests() {}

  /** Returns which of the commands this is, or {@code null}; nothing but the type is read. */
  static StreamCommand typeOf(Object command) {
    return StreamCommand.of(TYPE.read(command));
  }

  /** Returns what is known of a command that has a type. */
  static Request of(StreamCommand type, Object command) {
    return type == StreamCommand.XREADGROUP
        ? reading((String) TEXT.read(command))
        : Request.of(type, Texts.of(FIRST_KEY.read(command)));
  }

  /**
   * {@code GROUP key<group> key<consumer> [option…] STREAMS key<key>… id…}, with as many numbers as
   * keys at the end, of which {@code >} stands for new messages.
   */
  private static Request reading(String text) {
    if (text == null) {
      return new Request(StreamCommand.XREADGROUP, null, false, false);
    }
    boolean withoutAck = text.contains(WITHOUT_ACK) || text.contains(WITHOUT_ACK_AND_CLAIMING);
    boolean onlyNew = text.endsWith(" >");
    int at = text.lastIndexOf(STREAMS);
    String[] words = text.substring(Math.max(0, at)).trim().split(" ");
    for (int i = words.length - 1; i >= 0 && isNumber(words[i]); i--) {
      onlyNew &= words[i].equals(">");
    }
    return new Request(StreamCommand.XREADGROUP, null, onlyNew, withoutAck);
  }

  private static boolean isNumber(String word) {
    if (word.isEmpty()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if ((c < '0' || c > '9') && c != '-' && !word.equals(">")) {
        return false;
      }
    }
    return true;
  }
}
