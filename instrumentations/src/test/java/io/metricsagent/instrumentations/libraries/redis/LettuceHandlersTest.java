package io.metricsagent.instrumentations.libraries.redis;

import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.GET;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XACK;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XACKDEL;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XAUTOCLAIM;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XCLAIM;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XREADGROUP;
import static io.metricsagent.instrumentations.libraries.redis.RedisClients.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisPublisher.RedisSubscription;
import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.ClaimedMessages;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.Command;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.Output;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.StreamEntryDeletionResult;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.StreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands of Lettuce, whose replies are complete or come message by message. */
class LettuceHandlersTest {
  private static final String NEW = "GROUP key<g> key<c> COUNT 9 STREAMS key<orders> >";

  private final RedisClients redis = new RedisClients();

  private static Output output(Object value) {
    return new Output(value, false, null);
  }

  private static Command reading(String text, Object... messages) {
    return command(XREADGROUP, "g", text, output(List.of(messages)));
  }

  @Test
  void newMessagesAreReceivedForTheFirstTime() {
    redis.run(reading(NEW, StreamMessage.of("orders"), StreamMessage.of("orders")));

    assertThat(redis.counts()).containsExactly(2L, 0L);
    assertThat(redis.mailbox().queueName()).isEqualTo("orders");
    assertThat(redis.mailbox().deliveryCounts()).startsWith(2L, 0L);
    assertThat(redis.mailbox().ages(AgeSource.BROKER_CLOCK)).isEqualTo(2);
  }

  @Test
  void aKeyMayBeBytes() {
    redis.run(reading(NEW, StreamMessage.of("orders".getBytes(StandardCharsets.UTF_8))));

    assertThat(redis.mailbox().queueName()).isEqualTo("orders");
  }

  @ParameterizedTest
  @CsvSource({
    "GROUP key<g> key<c> STREAMS key<orders> >,1",
    "GROUP key<g> key<c> STREAMS key<a> key<b> > >,1",
    "GROUP key<g> key<c> STREAMS key<orders> 0,0",
    "GROUP key<g> key<c> STREAMS key<orders> 0-0,0",
    "GROUP key<g> key<c> STREAMS key<orders> 1999999999999-9,0",
    "GROUP key<g> key<c> STREAMS key<a> key<b> > 1999999999999-9,0",
    "GROUP key<g> key<c> STREAMS key<a> key<b> 1999999999999-9 >,0",
    "GROUP key<g> key<c> STREAMS key<a> key<b> 0-0 >,0",
  })
  void onlyNewMessagesAreKnownToBeReceivedForTheFirstTime(String text, long first) {
    redis.run(reading(text, StreamMessage.of("orders")));

    assertThat(redis.counts()).containsExactly(1L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).startsWith(first, 0L);
  }

  @ParameterizedTest
  @CsvSource({
    "GROUP key<g> key<c> COUNT 9 NOACK STREAMS key<orders> >,1",
    "GROUP key<g> key<c> NOACK CLAIM 9 STREAMS key<orders> >,1",
    "GROUP key<NOACK> key<c> STREAMS key<orders> >,0",
  })
  void messagesWithoutAckAreAckedByTheirDelivery(String text, long acked) {
    redis.run(reading(text, StreamMessage.of("orders")));

    assertThat(redis.counts()).containsExactly(1L, acked);
  }

  @Test
  void aNewerServerTellsTheEarlierDeliveries() {
    redis.run(reading(NEW, new StreamMessage("orders", "1700000000000-0", Map.of("a", "b"), 2L)));

    assertThat(redis.mailbox().retries()).isEqualTo(2);
  }

  @Test
  void anAckCountsTheMessagesThatTheServerSettledOnce() {
    Command ack = command(XACK, "orders", "key<orders> key<g> 1-1 1-2 1-3", output(2L));
    redis.run(ack);
    redis.complete(ack);

    assertThat(redis.counts()).containsExactly(0L, 2L);
  }

  @Test
  void anAckThatDeletesCountsTheMessagesThatWereThere() {
    redis.run(
        command(XACKDEL, "orders", "", output(Arrays.asList(StreamEntryDeletionResult.values()))));

    assertThat(redis.counts()).containsExactly(0L, 2L);
  }

  @Test
  void claimedMessagesAreReceivedAgain() {
    redis.run(command(XCLAIM, "orders", "", output(List.of(StreamMessage.of("orders")))));
    redis.run(
        command(
            XAUTOCLAIM,
            "orders",
            "",
            output(new ClaimedMessages(List.of(StreamMessage.of("orders"))))));
    redis.run(
        command(
            XCLAIM,
            "orders",
            "",
            output(List.of(new StreamMessage("orders", "1-1", Map.of(), null))))); // JUSTID

    assertThat(redis.counts()).containsExactly(2L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).containsOnly(0L);
  }

  @Test
  void aReactiveSubscriptionReceivesMessageByMessage() {
    RedisSubscription subscription = new RedisSubscription();
    Command read = command(XREADGROUP, "g", NEW, new Output(List.of(), false, subscription));
    redis.dispatch(read);
    redis.next(subscription, StreamMessage.of("orders"));
    assertThat(redis.counts()).containsExactly(1L, 0L);

    redis.next(subscription, StreamMessage.of("orders"));
    redis.complete(read);
    assertThat(redis.counts()).containsExactly(2L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).startsWith(2L, 0L);
    assertThat(redis.commands.isEmpty()).isTrue();
  }

  @Test
  void aReactiveSubscriptionToAnotherCommandReceivesNothing() {
    RedisSubscription subscription = new RedisSubscription();
    redis.dispatch(command(GET, "orders", "", new Output(null, false, subscription)));
    redis.next(subscription, StreamMessage.of("orders"));

    assertThat(redis.recorded.mailboxes()).isEmpty();
  }

  @Test
  void aReactiveSubscriptionReceivesClaimedMessages() {
    RedisSubscription subscription = new RedisSubscription();
    Command claim = command(XCLAIM, "orders", "", new Output(null, false, subscription));
    redis.dispatch(claim);
    redis.next(subscription, StreamMessage.of("orders"));
    redis.complete(claim);

    assertThat(redis.counts()).containsExactly(1L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).containsOnly(0L);
  }

  @Test
  void theTextOfACommandIsMadeOnceAndOnlyOfOneThatReads() {
    Command read = reading(NEW, StreamMessage.of("orders"));
    redis.run(read);
    assertThat(read.getArgs().textsMade()).isEqualTo(1);

    Command streamed =
        command(XREADGROUP, "g", NEW, new Output(List.of(), false, new RedisSubscription()));
    redis.run(streamed);
    assertThat(streamed.getArgs().textsMade()).isEqualTo(1);

    Command ack = command(XACK, "orders", "key<orders> key<g> 1-1", output(1L));
    redis.run(ack);
    assertThat(ack.getArgs().textsMade()).isZero();
  }

  @Test
  void ofACommandWithoutATextNoDeliveryCountIsKnown() {
    redis.run(reading(null, StreamMessage.of("orders")));

    assertThat(redis.counts()).containsExactly(1L, 0L);
    assertThat(redis.mailbox().deliveryCounts()).containsOnly(0L);
  }

  @Test
  void anErrorSettlesNothing() {
    redis.run(command(XACK, "orders", "", new Output(1L, true, null)));

    assertThat(redis.recorded.mailboxes()).isEmpty();
  }

  @Test
  void aTransactionThatIsGivenUpSettlesNothing() {
    redis.run(command(XACK, "orders", "", output(null)));

    assertThat(redis.recorded.mailboxes()).isEmpty();
  }
}
