package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.instrumentations.access.Accessor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code CommandObject}s of Jedis. Stateless. */
final class JedisRequests {
  private static final Accessor ARGUMENTS = Accessor.path("getArguments()");
  private static final Accessor COMMAND = Accessor.path("getCommand()");
  private static final Accessor RAW = Accessor.path("getRaw()");
  private static final String NEW = ">";

  private JedisRequests() {}

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
    List<String> words = new ArrayList<>();
    for (Object argument : all) {
      words.add(text(argument));
    }
    boolean withoutAck = false;
    int at = 4;
    while (at < words.size() && !"STREAMS".equals(words.get(at))) {
      withoutAck |= "NOACK".equals(words.get(at));
      at++;
    }
    int streams = (words.size() - at - 1) / 2;
    boolean onlyNew = streams > 0;
    for (int i = words.size() - streams; i < words.size(); i++) {
      onlyNew &= NEW.equals(words.get(i));
    }
    return new Request(StreamCommand.XREADGROUP, null, onlyNew, withoutAck);
  }

  private static String text(Object argument) {
    return RAW.read(argument) instanceof byte[] raw
        ? new String(raw, StandardCharsets.UTF_8)
        : null;
  }
}
