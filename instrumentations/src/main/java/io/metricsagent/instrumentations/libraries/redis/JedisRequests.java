package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.instrumentations.access.Accessor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the {@code CommandObject}s of Jedis. Stateless. */
final class JedisRequests {
  private static final Accessor ARGUMENTS = Accessor.path("getArguments()");
  private static final Accessor COMMAND = Accessor.path("getCommand()");
  private static final Accessor RAW = Accessor.path("getRaw()");
  private static final byte[] STREAMS = bytes("STREAMS");
  private static final byte[] WITHOUT_ACK = bytes("NOACK");
  private static final byte[] NEW = bytes(">");

  /** Where options begin in {@code XREADGROUP GROUP group consumer}. */
  private static final int FIRST_OPTION = 4;

  private JedisRequests() {}

  private static byte[] bytes(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns what is known of a command, or {@code null} if it is none of these. */
  static Request of(Object commandObject) {
    Object arguments = ARGUMENTS.read(commandObject);
    StreamCommand command = StreamCommand.of(COMMAND.read(arguments));
    if (command == null || !(arguments instanceof Iterable<?> all)) {
      return null;
    }
    return command == StreamCommand.XREADGROUP ? reading(all) : Request.of(command, first(all));
  }

  /** Returns the first argument behind the command: the key of the stream. */
  private static String first(Iterable<?> all) {
    int i = 0;
    for (Object argument : all) {
      if (i++ == 1) {
        return text(argument);
      }
    }
    return null;
  }

  /**
   * {@code XREADGROUP GROUP group consumer [option…] STREAMS key… id…}; group, consumer and keys
   * may be called like an option.
   */
  private static Request reading(Iterable<?> all) {
    boolean withoutAck = false;
    int size = 0;
    int streamsAt = 0;
    for (Object argument : all) {
      if (size >= FIRST_OPTION && streamsAt == 0) {
        withoutAck |= is(WITHOUT_ACK, argument);
        streamsAt = is(STREAMS, argument) ? size : 0;
      }
      size++;
    }
    int streams = streamsAt == 0 ? 0 : (size - streamsAt - 1) / 2;
    boolean onlyNew = streams > 0 && areNew(all, size - streams);
    return new Request(StreamCommand.XREADGROUP, null, onlyNew, withoutAck);
  }

  private static boolean areNew(Iterable<?> all, int first) {
    int i = 0;
    for (Object argument : all) {
      if (i++ >= first && !is(NEW, argument)) {
        return false;
      }
    }
    return true;
  }

  /** Compares the bytes of an argument, which may be long, without making a text of them. */
  private static boolean is(byte[] word, Object argument) {
    return RAW.read(argument) instanceof byte[] raw && Arrays.equals(raw, word);
  }

  private static String text(Object argument) {
    return Texts.of(RAW.read(argument));
  }
}
