package io.metricsagent.instrumentations.libraries.redis;

import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.GET;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XACK;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XACKDEL;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XADD;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XAUTOCLAIM;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XCLAIM;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XREAD;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XREADGROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.StreamEntry;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.StreamEntryDeletionResult;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.StreamEntryId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands of Jedis and their replies, as objects or as Redis sends them. */
class JedisHandlersTest {
  private static final String[] READ = {"GROUP", "g", "c", "STREAMS", "orders", ">"};

  private final RedisClients redis = new RedisClients();

  private static StreamEntry entry() {
    return StreamEntry.at(System.currentTimeMillis() - 5_000);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Object> raw(String id) {
    return List.of(bytes(id), List.of(bytes("a"), bytes("b")));
  }

  /** Two messages of one stream, in the forms that releases and protocols have. */
  static Stream<Object> repliesOfTwo() {
    List<StreamEntry> entries = List.of(entry(), entry());
    List<Object> raw = List.of(raw("1700000000000-0"), raw("1700000000000-1"));
    return Stream.of(
        List.of(Map.entry("orders", entries)),
        Map.of("orders", entries),
        Map.of(bytes("orders"), entries),
        List.of(List.of(bytes("orders"), raw)),
        List.of(Map.entry(bytes("orders"), raw)));
  }

  @ParameterizedTest
  @MethodSource("repliesOfTwo")
  void newMessagesAreReceivedForTheFirstTime(Object reply) {
    redis.call(reply, XREADGROUP, READ);

    assertThat(redis.counts()).containsExactly(2L, 0L);
    assertThat(redis.mailbox().queueName()).isEqualTo("orders");
    assertThat(redis.mailbox().system()).isEqualTo("redis");
    assertThat(redis.mailbox().deliveryCounts()).startsWith(2L, 0L);
    assertThat(redis.mailbox().ages(AgeSource.BROKER_CLOCK)).isEqualTo(2);
  }

  @Test
  void messagesThatTheConsumerHasNotAcknowledgedAreReceivedAgainItIsUnknownHowOften() {
    redis.call(
        Map.of("orders", List.of(entry())),
        XREADGROUP,
        "GROUP",
        "g",
        "c",
        "STREAMS",
        "orders",
        "0");

    assertThat(redis.counts()).containsExactly(1L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).containsOnly(0L);
  }

  @Test
  void aNewerServerTellsTheEarlierDeliveries() {
    List<Object> claimed = List.of(bytes("1700000000000-0"), List.of(bytes("a")), 60_000L, 2L);
    redis.call(
        List.of(List.of(bytes("orders"), List.of(claimed))),
        XREADGROUP,
        "GROUP",
        "g",
        "c",
        "CLAIM",
        "1000",
        "STREAMS",
        "orders",
        ">");

    assertThat(redis.mailbox().deliveryCounts()).startsWith(0L, 0L, 1L);
    assertThat(redis.mailbox().retries()).isEqualTo(2);
  }

  @Test
  void aNewerServerTellsThatAMessageWasNotDeliveredBefore() {
    List<Object> fresh = List.of(bytes("1700000000000-0"), List.of(bytes("a")), 0L, 0L);
    redis.call(
        Map.of("orders", List.of(fresh)), XREADGROUP, "GROUP", "g", "c", "STREAMS", "orders", "0");

    assertThat(redis.mailbox().deliveryCounts()).startsWith(1L, 0L);
  }

  @Test
  void messagesOfSeveralStreamsAreNewIfAllOfThemAre() {
    List<StreamEntry> one = List.of(entry());
    redis.call(
        Map.of("orders", one), XREADGROUP, "GROUP", "g", "c", "STREAMS", "orders", ">", ">", ">");
    redis.call(
        Map.of("orders", one), XREADGROUP, "GROUP", "g", "c", "STREAMS", "orders", "b", ">", "0");
    redis.call(
        Map.of("orders", one), XREADGROUP, "GROUP", "g", "c", "STREAMS", "orders", "b", "0", ">");

    assertThat(redis.counts()).containsExactly(3L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).startsWith(1L, 0L);
  }

  @Test
  void messagesWithoutAckAreAckedByTheirDelivery() {
    redis.call(
        Map.of("orders", List.of(entry())),
        XREADGROUP,
        "GROUP",
        "g",
        "c",
        "COUNT",
        "10",
        "NOACK",
        "STREAMS",
        "orders",
        ">");

    assertThat(redis.counts()).containsExactly(1L, 1L);
  }

  @Test
  void aGroupMayBeCalledLikeAnOption() {
    redis.call(
        Map.of("orders", List.of(entry())),
        XREADGROUP,
        "GROUP",
        "NOACK",
        "STREAMS",
        "STREAMS",
        "orders",
        ">");

    assertThat(redis.counts()).containsExactly(1L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).startsWith(1L);
  }

  @Test
  void anAckCountsTheMessagesThatTheServerSettled() {
    redis.call(2L, XACK, "orders", "g", "1-1", "1-2", "1-3");
    redis.call(0L, XACK, "orders", "g", "1-1");

    assertThat(redis.counts()).containsExactly(0L, 2L);
  }

  @ParameterizedTest
  @MethodSource("deletions")
  void anAckThatDeletesCountsTheMessagesThatWereThere(Object reply) {
    redis.call(reply, XACKDEL, "orders", "g", "IDS", "3", "1-1", "1-2", "1-3");

    assertThat(redis.counts()).containsExactly(0L, 2L);
  }

  static Stream<Arguments> deletions() {
    return Stream.of(
        Arguments.of(List.of(1L, 2L, -1L)),
        Arguments.of(Arrays.asList(StreamEntryDeletionResult.values())));
  }

  @Test
  void claimedMessagesAreReceivedAgain() {
    redis.call(List.of(entry()), XCLAIM, "orders", "g", "c", "0", "1-1");
    redis.call(
        Map.entry(new StreamEntryId(0), List.of(entry())),
        XAUTOCLAIM,
        "orders",
        "g",
        "c",
        "0",
        "0");
    redis.call(
        List.of(bytes("0-0"), List.of(raw("1700000000000-0")), List.of()),
        XAUTOCLAIM,
        "orders",
        "g",
        "c",
        "0",
        "0");
    redis.call( // servers before 7
        List.of(bytes("0-0"), List.of(raw("1700000000000-0"))), XAUTOCLAIM, "orders", "g", "c");

    assertThat(redis.counts()).containsExactly(4L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).containsOnly(0L);
  }

  @Test
  void messagesOfWhichOnlyTheNumbersComeAreNotReceived() {
    redis.call(List.of(new StreamEntryId(1)), XCLAIM, "orders", "g", "c", "0", "1-1", "JUSTID");
    redis.call(List.of(bytes("1-1")), XCLAIM, "orders", "g", "c", "0", "1-1", "JUSTID");
    redis.call(
        Map.of("orders", List.of(Arrays.asList(bytes("1-1"), null))),
        XREADGROUP,
        "GROUP",
        "g",
        "c",
        "STREAMS",
        "orders",
        "0"); // deleted meanwhile

    assertThat(redis.recorded.mailboxes()).allMatch(mailbox -> mailbox.received() == 0);
  }

  @Test
  void aNumberThatTheApplicationChoseTellsNoAge() {
    redis.call(Map.of("orders", List.of(StreamEntry.at(42))), XREADGROUP, READ);

    assertThat(redis.counts()).containsExactly(1L, 0L);
    assertThat(redis.mailbox().queueLag().count()).isZero();
  }

  @Test
  void aReplyWithoutMessagesAndOtherCommandsMakeNoMailbox() {
    redis.call(null, XREADGROUP, READ);
    redis.call(List.of(), XREADGROUP, READ);
    redis.call("value", GET, "orders");
    redis.call(1L, GET, "orders");
    redis.call(1L, XADD, "orders", "*", "a", "b");
    redis.call(Map.of("orders", List.of(entry())), XREAD, "STREAMS", "orders", "0");
    redis.call(0L, XACK, "orders", "g", "1-1");
    redis.call(List.of(-1L), XACKDEL, "orders", "g", "IDS", "1", "1-1");

    assertThat(redis.recorded.mailboxes()).isEmpty();
  }

  @Test
  void aPipelineIsReceivedAndSettledWhenItsRepliesCome() {
    Object read = redis.append(XREADGROUP, READ);
    Object ack = redis.append(XACK, "orders", "g", "1-1");
    Object other = redis.append(GET, "orders");
    assertThat(redis.recorded.mailboxes()).isEmpty();

    redis.answer(read, List.of(List.of(bytes("orders"), List.of(raw("1700000000000-0")))));
    redis.answer(ack, 1L);
    redis.answer(ack, 1L);
    redis.answer(other, bytes("value"));
    assertThat(redis.counts()).containsExactly(1L, 1L);
    assertThat(redis.pipelines.isEmpty()).isTrue();
  }

  @Test
  void anErrorSettlesNothing() {
    redis.answer(redis.append(XACK, "orders", "g", "1-1"), new IllegalStateException("NOGROUP"));

    assertThat(redis.recorded.mailboxes()).isEmpty();
  }
}
