package io.metricsagent.instrumentations.libraries.redis;

import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XACK;
import static io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword.XREADGROUP;
import static io.metricsagent.instrumentations.libraries.redis.RedisClients.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisPublisher.RedisSubscription;
import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.Command;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.Output;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.StreamEntry;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.StreamMessage;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long commands that read and acknowledge take, where the user asks for it. */
class RedisDurationsTest {
  private static final String[] READ = {"GROUP", "g", "c", "STREAMS", "orders", ">"};
  private static final String TEXT = "GROUP key<g> key<c> STREAMS key<orders> >";

  private final RedisClients redis = new RedisClients(Recorded.timed());

  private long received() {
    return redis.recorded.recordings(MailboxMeasures.RECEIVE_DURATION);
  }

  private long settled() {
    return redis.recorded.recordings(MailboxMeasures.SETTLE_DURATION);
  }

  @Test
  void aReadOfJedisThatGotMessagesIsTimed() {
    redis.call(Map.of("orders", List.of()), XREADGROUP, READ);
    assertThat(redis.recorded.mailboxes()).isEmpty();

    redis.call(Map.of("orders", List.of(StreamEntry.at(1_700_000_000_000L))), XREADGROUP, READ);
    assertThat(received()).isEqualTo(1);
    assertThat(settled()).isZero();
  }

  @Test
  void anAckOfJedisIsTimedIfItSettlesOrFails() {
    redis.call(0L, XACK, "orders", "g", "1-1");
    assertThat(redis.recorded.mailboxes()).isEmpty();

    redis.call(2L, XACK, "orders", "g", "1-1", "1-2", "1-3");
    redis.fail(new IllegalStateException("no connection"), XACK, "orders", "g", "1-1");
    redis.fail(new FakeRedis.JedisMovedDataException(), XACK, "orders", "g", "1-1");
    assertThat(settled()).isEqualTo(2);
    assertThat(redis.recorded.failures(MailboxMeasures.SETTLE_DURATION))
        .containsOnly(Map.entry("java.lang.IllegalStateException", 1L));
    assertThat(received()).isZero();
  }

  @Test
  void aReadThatFailsIsOfNoStream() {
    redis.fail(new IllegalStateException("no connection"), XREADGROUP, READ);

    assertThat(redis.recorded.mailboxes()).isEmpty();
  }

  @Test
  void aCommandOfLettuceIsTimedFromItsDispatchToItsCompletion() {
    Command read =
        command(
            XREADGROUP, "g", TEXT, new Output(List.of(StreamMessage.of("orders")), false, null));
    redis.dispatch(read);
    assertThat(redis.commands.isEmpty()).isFalse();
    redis.complete(read);
    redis.complete(read);

    assertThat(received()).isEqualTo(1);
    assertThat(redis.commands.isEmpty()).isTrue();
  }

  @Test
  void anAckOfLettuceThatTheServerRefusesHasTheTypeOfTheExceptionThatTheApplicationGets() {
    redis.run(command(XACK, "orders", "", new Output(2L, false, null)));
    redis.run(command(XACK, "orders", "", new Output(null, true, null)));

    assertThat(settled()).isEqualTo(2);
    assertThat(redis.recorded.failures(MailboxMeasures.SETTLE_DURATION))
        .containsOnly(Map.entry("io.lettuce.core.RedisCommandExecutionException", 1L));
    assertThat(redis.counts()).containsExactly(0L, 2L);
  }

  @Test
  void pipelinesAndReactiveStreamsAreNotTimed() {
    redis.answer(redis.append(XACK, "orders", "g", "1-1"), 1L);
    RedisSubscription subscription = new RedisSubscription();
    Command read = command(XREADGROUP, "g", TEXT, new Output(List.of(), false, subscription));
    redis.dispatch(read);
    redis.next(subscription, StreamMessage.of("orders"));
    redis.complete(read);

    assertThat(redis.counts()).containsExactly(1L, 1L);
    assertThat(received()).isZero();
    assertThat(settled()).isZero();
    assertThat(redis.commands.isEmpty()).isTrue();
  }

  @Test
  void nothingIsTimedUnlessTheUserAsksForIt() {
    RedisClients untimed = new RedisClients();
    untimed.call(2L, XACK, "orders", "g", "1-1");
    untimed.run(command(XACK, "orders", "", new Output(null, true, null)));
    untimed.fail(new IllegalStateException("no connection"), XACK, "orders", "g", "1-1");
    untimed.dispatch(command(XACK, "orders", "", new Output(1L, false, null)));

    assertThat(untimed.recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();
    assertThat(untimed.commands.isEmpty()).isTrue();
  }
}
