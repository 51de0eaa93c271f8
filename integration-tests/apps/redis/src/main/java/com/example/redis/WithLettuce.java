package com.example.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Scenarios of Lettuce. */
@SuppressWarnings("unchecked") // arrays of generic types
final class WithLettuce implements AutoCloseable {
  private static final String GROUP = "group";
  private static final Consumer<String> FIRST = Consumer.from(GROUP, "first");
  private static final Consumer<String> SECOND = Consumer.from(GROUP, "second");
  private static final int PATIENCE_SECONDS = 60;
  private static final int MANY = 100_000;
  private static final int BATCH = 1_000;

  private final String stream;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisCommands<String, String> commands;

  WithLettuce(int port, String stream) {
    this.stream = stream;
    client = RedisClient.create("redis://127.0.0.1:" + port);
    connection = client.connect();
    commands = connection.sync();
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void declare(int messages) {
    commands.xgroupCreate(
        StreamOffset.from(stream, "0-0"), GROUP, XGroupCreateArgs.Builder.mkstream());
    for (int i = 0; i < messages; i++) {
      commands.xadd(stream, Map.of("text", "m" + i));
    }
  }

  private StreamOffset<String> fresh() {
    return StreamOffset.lastConsumed(stream);
  }

  private static String[] numbers(List<StreamMessage<String, String>> messages) {
    return messages.stream().map(StreamMessage::getId).toArray(String[]::new);
  }

  private static void expect(long expected, long actual) {
    if (expected != actual) {
      throw new IllegalStateException("not " + expected + " but " + actual);
    }
  }

  /** Three messages, acknowledged together with one that is not there, and then again. */
  void plain() {
    declare(3);
    String[] numbers = numbers(commands.xreadgroup(FIRST, XReadArgs.Builder.count(10), fresh()));
    expect(3, commands.xack(stream, GROUP, numbers[0], numbers[1], numbers[2], "1-1"));
    expect(0, commands.xack(stream, GROUP, numbers));
  }

  /** Three messages of the asynchronous interface. */
  void async() throws Exception {
    declare(3);
    RedisAsyncCommands<String, String> async = connection.async();
    RedisFuture<List<StreamMessage<String, String>>> read =
        async.xreadgroup(FIRST, XReadArgs.Builder.count(10), fresh());
    List<RedisFuture<Long>> acks = new ArrayList<>();
    for (String number : numbers(read.get(PATIENCE_SECONDS, TimeUnit.SECONDS))) {
      acks.add(async.xack(stream, GROUP, number));
    }
    for (RedisFuture<Long> ack : acks) {
      expect(1, ack.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  /** Three messages of the reactive interface, and three that a range returns. */
  void reactive() {
    declare(3);
    RedisReactiveCommands<String, String> reactive = connection.reactive();
    Long acknowledged =
        reactive
            .xreadgroup(FIRST, XReadArgs.Builder.count(10), fresh())
            .concatMap(message -> reactive.xack(stream, GROUP, message.getId()))
            .reduce(0L, Long::sum)
            .block();
    expect(3, acknowledged);
    expect(3, reactive.xrange(stream, Range.unbounded()).count().block());
  }

  /** Three messages that count as acknowledged when they are delivered. */
  void withoutAck() {
    declare(3);
    expect(3, commands.xreadgroup(FIRST, XReadArgs.Builder.noack(true), fresh()).size());
  }

  /**
   * Two messages that are read, read again, and claimed by another consumer: one of them by its
   * number, both as they are found.
   */
  void again() {
    declare(2);
    String[] numbers = numbers(commands.xreadgroup(FIRST, fresh()));
    expect(2, commands.xreadgroup(FIRST, StreamOffset.from(stream, "0-0")).size());
    expect(1, commands.xclaim(stream, SECOND, 0, numbers[0]).size());
    expect(
        2,
        commands
            .xautoclaim(stream, XAutoClaimArgs.Builder.xautoclaim(SECOND, 0, "0-0"))
            .getMessages()
            .size());
    expect(
        2,
        commands
            .xautoclaim(stream, XAutoClaimArgs.Builder.justid(FIRST, 0, "0-0"))
            .getMessages()
            .size());
    expect(2, commands.xack(stream, GROUP, numbers));
  }

  /** Three messages of which two are acknowledged in a transaction; another one is discarded. */
  void transaction() {
    declare(3);
    String[] numbers = numbers(commands.xreadgroup(FIRST, fresh()));
    commands.multi();
    commands.xack(stream, GROUP, numbers[0], numbers[1]);
    commands.exec();
    commands.multi();
    commands.xack(stream, GROUP, numbers[2]);
    commands.discard();
  }

  /** Ten messages for two consumers of one group. */
  void shared() {
    declare(10);
    XReadArgs five = XReadArgs.Builder.count(5);
    expect(5, commands.xack(stream, GROUP, numbers(commands.xreadgroup(FIRST, five, fresh()))));
    expect(5, commands.xack(stream, GROUP, numbers(commands.xreadgroup(SECOND, five, fresh()))));
  }

  /** Commands without a group of consumers. */
  void ordinary() {
    declare(3);
    commands.set("key", "value");
    commands.get("key");
    expect(3, commands.xread(StreamOffset.from(stream, "0-0")).size());
    expect(3, commands.xlen(stream));
  }

  /** A hundred thousand messages, acknowledged by the hundreds. */
  void many() throws Exception {
    declare(0);
    RedisAsyncCommands<String, String> async = connection.async();
    for (int i = 0; i < MANY / BATCH; i++) {
      RedisFuture<String> last = null;
      for (int j = 0; j < BATCH; j++) {
        last = async.xadd(stream, Map.of("a", "b"));
      }
      last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    int read = 0;
    while (read < MANY) {
      String[] numbers =
          numbers(commands.xreadgroup(FIRST, XReadArgs.Builder.count(BATCH), fresh()));
      expect(numbers.length, commands.xack(stream, GROUP, numbers));
      read += numbers.length;
    }
  }

  /** The server restarts while two of three messages are not acknowledged. */
  void restart() throws Exception {
    declare(3);
    String[] numbers = numbers(commands.xreadgroup(FIRST, XReadArgs.Builder.count(2), fresh()));
    System.out.println("restart the server");
    System.in.read();
    expect(2, commands.xack(stream, GROUP, numbers));
    expect(1, commands.xack(stream, GROUP, numbers(commands.xreadgroup(FIRST, fresh()))));
  }
}
