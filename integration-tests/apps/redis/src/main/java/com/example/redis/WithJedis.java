package com.example.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** Scenarios of Jedis. */
@SuppressWarnings("unchecked") // arrays of generic types
final class WithJedis implements AutoCloseable {
  private static final String GROUP = "group";
  private static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final int MANY = 100_000;
  private static final int BATCH = 1_000;

  /** Asks for new messages; the client's own constant has had several names. */
  private static final StreamEntryID NEW =
      new StreamEntryID() {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
          return ">";
        }
      };

  private final int port;
  private final String stream;
  private final Jedis jedis;

  WithJedis(int port, String stream) {
    this.port = port;
    this.stream = stream;
    jedis = connect();
  }

  private Jedis connect() {
    return new Jedis("127.0.0.1", port);
  }

  @Override
  public void close() {
    jedis.close();
  }

  private void declare(int messages) {
    jedis.xgroupCreate(stream, GROUP, new StreamEntryID(0, 0), true);
    for (int i = 0; i < messages; i++) {
      jedis.xadd(stream, XAddParams.xAddParams(), Map.of("text", "m" + i));
    }
  }

  private static XReadGroupParams params(int count) {
    return XReadGroupParams.xReadGroupParams().count(count);
  }

  private StreamEntryID[] read(Jedis client, String consumer, XReadGroupParams params) {
    return read(client, consumer, params, NEW);
  }

  private StreamEntryID[] read(
      Jedis client, String consumer, XReadGroupParams params, StreamEntryID from) {
    return numbers(client.xreadGroup(GROUP, consumer, params, Map.of(stream, from)));
  }

  private static StreamEntryID[] numbers(List<Map.Entry<String, List<StreamEntry>>> reply) {
    return reply.get(0).getValue().stream().map(StreamEntry::getID).toArray(StreamEntryID[]::new);
  }

  private static void expect(long expected, long actual) {
    if (expected != actual) {
      throw new IllegalStateException("not " + expected + " but " + actual);
    }
  }

  /** Three messages, each acknowledged; then nothing is left. */
  void plain() {
    declare(3);
    for (StreamEntryID number : read(jedis, FIRST, params(10))) {
      expect(1, jedis.xack(stream, GROUP, number));
    }
    if (jedis.xreadGroup(GROUP, FIRST, params(10), Map.of(stream, NEW)) != null) {
      throw new IllegalStateException("there is a fourth message");
    }
  }

  /** Five messages, acknowledged together with one that is not there, and then again. */
  void batch() {
    declare(5);
    StreamEntryID[] numbers = read(jedis, FIRST, params(10));
    StreamEntryID[] more = Arrays.copyOf(numbers, 6);
    more[5] = new StreamEntryID(1, 1);
    expect(5, jedis.xack(stream, GROUP, more));
    expect(0, jedis.xack(stream, GROUP, numbers));
  }

  /** Three messages that count as acknowledged when they are delivered. */
  void withoutAck() {
    declare(3);
    expect(3, read(jedis, FIRST, params(10).noAck()).length);
  }

  /**
   * Two messages that are read, read again, and claimed by another consumer: one of them by its
   * number, both as they are found. Of one only the number is claimed.
   */
  void again() {
    declare(2);
    StreamEntryID[] numbers = read(jedis, FIRST, params(10));
    expect(2, read(jedis, FIRST, params(10), new StreamEntryID(0, 0)).length);
    jedis.xclaim(stream, GROUP, SECOND, 0, XClaimParams.xClaimParams(), numbers[0]);
    jedis.xclaimJustId(stream, GROUP, FIRST, 0, XClaimParams.xClaimParams(), numbers[0]);
    jedis.xautoclaim(
        stream, GROUP, SECOND, 0, new StreamEntryID(0, 0), XAutoClaimParams.xAutoClaimParams());
    expect(2, jedis.xack(stream, GROUP, numbers));
  }

  /** Three messages that are read in one pipeline and acknowledged in another. */
  void pipeline() {
    declare(3);
    Pipeline reading = jedis.pipelined();
    Response<List<Map.Entry<String, List<StreamEntry>>>> messages =
        reading.xreadGroup(GROUP, FIRST, params(10), Map.of(stream, NEW));
    Response<String> other = reading.get("nothing");
    reading.sync();
    Pipeline acknowledging = jedis.pipelined();
    for (StreamEntryID number : numbers(messages.get())) {
      acknowledging.xack(stream, GROUP, number);
    }
    acknowledging.sync();
    if (other.get() != null) {
      throw new IllegalStateException("there is something");
    }
  }

  /**
   * Three messages of which two are acknowledged in a transaction; another one is discarded, and a
   * third one finds that a key has changed.
   */
  void transaction() {
    declare(3);
    StreamEntryID[] numbers = read(jedis, FIRST, params(10));
    Transaction committed = jedis.multi();
    committed.xack(stream, GROUP, numbers[0], numbers[1]);
    committed.exec();
    Transaction discarded = jedis.multi();
    discarded.xack(stream, GROUP, numbers[2]);
    discarded.discard();
    jedis.watch("changed");
    Transaction failed = jedis.multi();
    try (Jedis other = connect()) {
      other.set("changed", "yes");
    }
    failed.xack(stream, GROUP, numbers[2]);
    if (failed.exec() != null) {
      throw new IllegalStateException("the transaction did not fail");
    }
  }

  /** A connection is closed with two unsettled messages, which another consumer claims. */
  void abandoned() {
    declare(2);
    try (Jedis closed = connect()) {
      expect(2, read(closed, FIRST, params(10)).length);
    }
    List<StreamEntry> claimed =
        jedis
            .xautoclaim(
                stream,
                GROUP,
                SECOND,
                0,
                new StreamEntryID(0, 0),
                XAutoClaimParams.xAutoClaimParams())
            .getValue();
    for (StreamEntry message : claimed) {
      expect(1, jedis.xack(stream, GROUP, message.getID()));
    }
  }

  /** Ten messages for two consumers of one group. */
  void shared() {
    declare(10);
    try (Jedis other = connect()) {
      expect(5, jedis.xack(stream, GROUP, read(jedis, FIRST, params(5))));
      expect(5, other.xack(stream, GROUP, read(other, SECOND, params(5))));
    }
  }

  /** A message that the application has numbered. */
  void numbered() {
    declare(0);
    jedis.xadd(stream, XAddParams.xAddParams().id(new StreamEntryID(7, 1)), Map.of("a", "b"));
    expect(1, jedis.xack(stream, GROUP, read(jedis, FIRST, params(10))));
  }

  /** Commands without a group of consumers. */
  void ordinary() {
    declare(3);
    jedis.set("key", "value");
    jedis.get("key");
    jedis.xrange(stream, (StreamEntryID) null, null, 10);
    expect(3, jedis.xlen(stream));
  }

  /** Two messages whose keys are bytes. */
  void binary() {
    declare(2);
    byte[] key = stream.getBytes(StandardCharsets.UTF_8);
    byte[] group = GROUP.getBytes(StandardCharsets.UTF_8);
    jedis.xreadGroup(
        group,
        FIRST.getBytes(StandardCharsets.UTF_8),
        params(10),
        Map.entry(key, ">".getBytes(StandardCharsets.UTF_8)));
  }

  /** A hundred thousand messages, acknowledged by the hundreds. */
  void many() {
    declare(0);
    for (int i = 0; i < MANY / BATCH; i++) {
      Pipeline adding = jedis.pipelined();
      for (int j = 0; j < BATCH; j++) {
        adding.xadd(stream, XAddParams.xAddParams(), Map.of("a", "b"));
      }
      adding.sync();
    }
    int read = 0;
    while (read < MANY) {
      List<StreamEntryID> numbers = new ArrayList<>(List.of(read(jedis, FIRST, params(BATCH))));
      expect(numbers.size(), jedis.xack(stream, GROUP, numbers.toArray(new StreamEntryID[0])));
      read += numbers.size();
    }
  }
}
