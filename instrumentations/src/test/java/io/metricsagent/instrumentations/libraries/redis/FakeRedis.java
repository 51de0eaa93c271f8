package io.metricsagent.instrumentations.libraries.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The parts of Jedis and Lettuce that the agent calls. */
public final class FakeRedis {
  private FakeRedis() {}

  /** The commands of both clients. */
  public enum Keyword {
    GET,
    XADD,
    XREAD,
    XREADGROUP,
    XCLAIM,
    XAUTOCLAIM,
    XACK,
    XACKDEL
  }

  /** As Jedis's. */
  public abstract static class JedisRedirectionException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** As Jedis's. */
  public static final class JedisMovedDataException extends JedisRedirectionException {
    private static final long serialVersionUID = 1;
  }

  /** The results of XACKDEL in both clients. */
  public enum StreamEntryDeletionResult {
    NOT_FOUND,
    DELETED,
    NOT_DELETED_UNACKNOWLEDGED_OR_STILL_REFERENCED
  }

  /** An argument of Jedis. */
  public record Raw(String text) {
    public byte[] getRaw() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** As in Jedis: the command is the first argument. */
  public record CommandArguments(Keyword getCommand, List<Raw> all) implements Iterable<Raw> {
    @Override
    public Iterator<Raw> iterator() {
      return all.iterator();
    }
  }

  /** As in Jedis. */
  public record CommandObject(CommandArguments getArguments) {
    static CommandObject of(Keyword keyword, String... arguments) {
      String[] all = new String[arguments.length + 1];
      all[0] = keyword.name();
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      return new CommandObject(
          new CommandArguments(keyword, Arrays.stream(all).map(Raw::new).toList()));
    }
  }

  /** As in Jedis. */
  public record StreamEntryId(long getTime) {}

  /** As in Jedis. */
  public record StreamEntry(StreamEntryId getID, Map<String, String> getFields) {
    static StreamEntry at(long millis) {
      return new StreamEntry(new StreamEntryId(millis), Map.of("a", "b"));
    }
  }

  /** As in Lettuce. */
  public record StreamMessage(
      Object getStream, String getId, Map<String, String> getBody, Long getDeliveredCount) {
    static StreamMessage of(Object stream) {
      return new StreamMessage(stream, "1700000000000-0", Map.of("a", "b"), null);
    }
  }

  /** As in Lettuce. */
  public record ClaimedMessages(List<StreamMessage> getMessages) {}

  /** As in Lettuce: {@code key} is the first of the arguments that is a key. */
  public static final class CommandArgs {
    private final String key;
    private final String text;
    private int textsMade;

    public CommandArgs(String key, String text) {
      this.key = key;
      this.text = text;
    }

    public ByteBuffer getFirstEncodedKey() {
      return ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    public String toCommandString() {
      textsMade++;
      return text;
    }

    /** Returns how often the agent had the text made. */
    int textsMade() {
      return textsMade;
    }
  }

  /** As in Lettuce. */
  public record Output(Object get, boolean hasError, Object getSubscriber) {}

  /** As in Lettuce. */
  public static final class Command {
    private final Keyword type;
    private final CommandArgs args;
    private final Output output;
    private boolean done;

    public Command(Keyword type, CommandArgs args, Output output) {
      this.type = type;
      this.args = args;
      this.output = output;
    }

    public Keyword getType() {
      return type;
    }

    public CommandArgs getArgs() {
      return args;
    }

    public Output getOutput() {
      return output;
    }

    public boolean isDone() {
      return done;
    }

    void setDone() {
      done = true;
    }
  }
}
