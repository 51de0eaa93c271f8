package io.metricsagent.instrumentations.libraries.nats;

import static io.metricsagent.instrumentations.libraries.nats.NatsClient.message;
import static io.metricsagent.instrumentations.testing.Allocations.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.AckPolicy;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.AckType;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.Connection;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.ConsumerInfo;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.Message;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.NatsJetStreamSubscription;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.NatsSubscription;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a message, from its delivery to its settlement. */
class NatsHandlersTest {
  private static final String QUEUE = "ORDERS/worker";

  private final NatsClient client = new NatsClient();

  @ParameterizedTest
  @CsvSource({"AckAck,1,0,0", "AckNak,0,1,0", "AckTerm,0,0,1", "AckProgress,0,0,0"})
  void aMessageIsReceivedAndThenSettledOnce(AckType type, long acked, long nacked, long dead) {
    client.lookUp("worker", AckPolicy.Explicit);
    Message message = client.deliver("worker", 1);
    assertThat(client.counts(QUEUE)).containsExactly(1L, 0L, 0L, 0L);
    assertThat(client.mailbox(QUEUE).system()).isEqualTo("nats");

    client.tell(message, type);
    client.tell(message, type);
    assertThat(client.counts(QUEUE)).containsExactly(1L, acked, nacked, dead);
  }

  /** The last settlements are remembered for calls at the same instant, and not for longer. */
  @Test
  void aMessageIsSettledOnceHoweverMuchIsSettledInBetween() {
    client.lookUp("worker", AckPolicy.Explicit);
    Message message = client.deliver("worker", 1);
    client.tell(message, AckType.AckAck);
    for (int i = 2; i < 10_000; i++) {
      client.tell(client.deliver("worker", i), AckType.AckAck);
    }
    client.tell(message, AckType.AckAck);

    assertThat(client.counts(QUEUE)).containsExactly(9_999L, 9_999L, 0L, 0L);
  }

  @Test
  void whatIsSaidAfterTheSettlementCountsNothing() {
    client.lookUp("worker", AckPolicy.Explicit);
    Message message = client.deliver("worker", 1);
    client.tell(message, AckType.AckProgress);
    client.tell(message, AckType.AckNak);
    client.tell(message, AckType.AckAck);

    assertThat(client.counts(QUEUE)).containsExactly(1L, 0L, 1L, 0L);
  }

  @ParameterizedTest
  @CsvSource({"AckAck,1,0,0", "AckNak,0,1,0", "AckTerm,0,0,1"})
  void aMessageThatTwoThreadsSettleAtOnceIsSettledOnce(
      AckType type, long acked, long nacked, long dead) {
    client.lookUp("worker", AckPolicy.Explicit);
    client.tellTwiceAtOnce(client.deliver("worker", 1), type);

    assertThat(client.counts(QUEUE)).containsExactly(1L, acked, nacked, dead);
  }

  /** A consumer that is deleted and made again gets the same messages with the same subjects. */
  @Test
  void theSameMessageOfANewConsumerIsSettledAgain() {
    client.lookUp("worker", AckPolicy.Explicit);
    for (int consumer = 1; consumer <= 1_000; consumer++) {
      client.tell(client.deliver(message("ORDERS", "worker", 1, 1, 1_000, 0)), AckType.AckAck);
    }

    assertThat(client.counts(QUEUE)).containsExactly(1_000L, 1_000L, 0L, 0L);
  }

  @Test
  void anAckThatCannotBeSentCountsNothing() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.tellInVain(client.deliver("worker", 1));

    assertThat(client.counts(QUEUE)).containsExactly(1L, 0L, 0L, 0L);
  }

  @Test
  void aMessageWithoutAcknowledgementIsAckedByItsDelivery() {
    client.lookUp("worker", AckPolicy.None);
    Message message = client.deliver("worker", 1);
    assertThat(client.counts(QUEUE)).containsExactly(1L, 1L, 0L, 0L);

    client.tell(message, AckType.AckAck);
    assertThat(client.counts(QUEUE)).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void anAckOfAllSettlesEachMessageUpToItsOwn() {
    client.lookUp("worker", AckPolicy.All);
    Message first = client.deliver("worker", 1);
    client.deliver("worker", 2);
    Message third = client.deliver("worker", 3);
    client.deliver("worker", 4);
    client.tell(third, AckType.AckAck);
    assertThat(client.counts(QUEUE)).containsExactly(4L, 3L, 0L, 0L);

    client.tell(first, AckType.AckAck);
    assertThat(client.counts(QUEUE)).containsExactly(4L, 3L, 0L, 0L);
  }

  @Test
  void aTerminationSettlesTheMessagesBeforeItWhereAnAckDoes() {
    client.lookUp("worker", AckPolicy.All);
    client.deliver("worker", 1);
    Message second = client.deliver("worker", 2);
    Message third = client.deliver("worker", 3);
    client.tell(third, AckType.AckNak);
    client.tell(second, AckType.AckTerm);

    assertThat(client.counts(QUEUE)).containsExactly(3L, 1L, 1L, 1L);
  }

  @Test
  void aMessageThatIsDeliveredAgainIsSettledOnceWhereAnAckSettlesAll() {
    client.lookUp("worker", AckPolicy.All);
    client.deliver("worker", 1);
    Message again = client.deliver(message("worker", 2, 1, 0));
    client.tell(again, AckType.AckAck);

    assertThat(client.counts(QUEUE)).containsExactly(2L, 1L, 0L, 0L);
  }

  @Test
  void theDeliveryCountIsTheServers() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.deliver(message("worker", 1, 1, 0));
    client.deliver(message("worker", 2, 1, 0));
    client.deliver(message("worker", 3, 1, 0));
    client.deliver(message("worker", 0, 2, 0)); // which no server tells

    assertThat(client.mailbox(QUEUE).retries()).isEqualTo(3);
    assertThat(client.mailbox(QUEUE).deliveryCounts()).startsWith(1L, 1L, 1L, 0L);
  }

  @Test
  void theAgeIsByTheClockOfTheServerAndNeverNegative() {
    client.lookUp("worker", AckPolicy.Explicit);
    long now = System.currentTimeMillis();
    client.deliver(message("ORDERS", "worker", 1, 1, now - 5_000, 0));
    client.deliver(message("ORDERS", "worker", 1, 2, now + 60_000, 0));

    MailboxSnapshot mailbox = client.mailbox(QUEUE);
    assertThat(mailbox.ages(AgeSource.BROKER_CLOCK)).isEqualTo(2);
    assertThat(mailbox.negativeAges()).isEqualTo(1);
  }

  @Test
  void theDepthIsWhatTheLastMessageTold() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.deliver(message("worker", 1, 1, 9));
    client.deliver(message("worker", 1, 2, 8));
    client.nanos += TimeUnit.MINUTES.toNanos(5);
    assertThat(client.mailbox(QUEUE).depth()).isEqualTo(8);

    client.nanos++;
    assertThat(client.mailbox(QUEUE).depth()).isNull();
  }

  @ParameterizedTest
  @EnumSource(value = AckPolicy.class, names = "None", mode = EnumSource.Mode.EXCLUDE)
  void theOldestMessageIsTheOldestThatIsNotSettled(AckPolicy policy) {
    client.lookUp("worker", policy);
    long now = System.currentTimeMillis();
    Message old = client.deliver(message("ORDERS", "worker", 1, 1, now - 60_000, 0));
    client.deliver(message("ORDERS", "worker", 1, 2, now - 10_000, 0));
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isBetween(60_000L, 70_000L);

    client.tell(old, AckType.AckAck);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isBetween(10_000L, 20_000L);
  }

  /** The server may have given the message to another process. */
  @Test
  void aMessageThatIsNotSettledInTimeIsNotTheOldest() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.deliver("worker", 1);
    Message longWork = client.deliver("worker", 2);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNotNull();

    client.nanos += TimeUnit.SECONDS.toNanos(30);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNotNull();
    client.tell(longWork, AckType.AckProgress);
    client.nanos += TimeUnit.SECONDS.toNanos(30);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNotNull();
    client.tell(longWork, AckType.AckAck);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNull();
    assertThat(client.counts(QUEUE)).containsExactly(2L, 1L, 0L, 0L);
  }

  @Test
  void aMessageThatIsDeliveredAgainIsHeldAnew() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.deliver("worker", 1);
    client.nanos += TimeUnit.SECONDS.toNanos(30);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNotNull();

    Message again = client.deliver(message("worker", 2, 1, 0));
    client.nanos += TimeUnit.SECONDS.toNanos(30);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNotNull();
    client.tell(again, AckType.AckAck);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNull();
  }

  @Test
  void aMessageThatIsDeliveredAgainIsHeldOnce() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.deliver("worker", 1);
    client.nanos += TimeUnit.SECONDS.toNanos(30);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNotNull();

    client.tell(client.deliver(message("worker", 2, 1, 0)), AckType.AckAck);
    assertThat(client.mailbox(QUEUE).oldestAgeMillis()).isNull();
  }

  @Test
  void whatTheClientIsToldLaterTakesThePlaceOfWhatWasAssumed() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.deliver(message("worker", 1, 1, 9));
    client.lookUp("worker", AckPolicy.None);
    client.deliver(message("worker", 1, 2, 8));

    assertThat(client.counts(QUEUE)).containsExactly(2L, 1L, 0L, 0L);
    assertThat(client.mailbox(QUEUE).depth()).isEqualTo(8);
  }

  @Test
  void consumersThatAreNotDurableShareTheNameOfTheirStream() {
    client.answer(
        new ConsumerInfo("ORDERS", "r4nd0m", null, AckPolicy.None, Duration.ofSeconds(30)));
    client.deliver("r4nd0m", 1);
    client.deliver("unknown", 1);

    assertThat(client.counts("ORDERS")).containsExactly(2L, 1L, 0L, 0L);
  }

  @Test
  void twoConsumersOfOneStreamAreTwoQueues() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.lookUp("audit", AckPolicy.All);
    client.deliver("worker", 1);
    client.tell(client.deliver("audit", 1), AckType.AckAck);

    assertThat(client.counts(QUEUE)).containsExactly(1L, 0L, 0L, 0L);
    assertThat(client.counts("ORDERS/audit")).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void whatTheClientKeepsIsNotReceived() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.keep(message("worker", 1, 1, 0));

    assertThat(client.recorded.mailboxes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KV_settings", "OBJ_files"})
  void storesAreNoQueues(String stream) {
    client.answer(new ConsumerInfo(stream, "watcher", null, AckPolicy.None, null));
    client.deliver(message(stream, "watcher", 1, 1, 1, 0));

    assertThat(client.recorded.mailboxes()).isEmpty();
  }

  @Test
  void anAckOfWhatNoConsumerHandedOverCountsNothing() {
    client.lookUp("worker", AckPolicy.Explicit);
    client.tell(message("worker", 1, 1, 0), AckType.AckAck);

    assertThat(client.recorded.mailboxes()).isEmpty();
  }

  @Test
  void aMessageOfNatsItselfIsAckedByItsDelivery() {
    client.count(new NatsSubscription("prices.*"));
    client.count(new Object()); // the dispatcher is counted, too
    client.count(new NatsJetStreamSubscription());

    assertThat(client.counts("prices.*")).containsExactly(1L, 1L, 0L, 0L);
    assertThat(client.recorded.mailboxes()).hasSize(1);
    assertThat(client.mailbox("prices.*").queueLag().count()).isZero();
  }

  @Test
  void answersToRequestsAndMessagesOfTheSystemAreOfNoMailbox() {
    client.makeInbox("corp.replies.4711");
    client.count(new NatsSubscription("corp.replies.0815.*"));
    client.count(new NatsSubscription("_INBOX.abc.*"));
    client.count(new NatsSubscription("$SRV.PING"));

    assertThat(client.recorded.mailboxes()).isEmpty();
  }

  @Test
  void thousandsOfConsumersForAWhileAreForgotten() {
    client.lookUp("worker", AckPolicy.All);
    Message kept = client.deliver("worker", 1);
    for (int i = 0; i < 10_000; i++) {
      client.deliver("c" + i, 1);
    }
    client.tell(kept, AckType.AckAck);

    assertThat(client.tracker.consumers()).isLessThanOrEqualTo(2_000);
    assertThat(client.mailbox("ORDERS").received()).isEqualTo(10_000);
    assertThat(client.counts(QUEUE)).containsExactly(1L, 1L, 0L, 0L);
  }

  private static final int FULL = 2_000;

  /** More consumers than the agent follows, all of which deliver and settle all the time. */
  @ParameterizedTest
  @EnumSource(AckPolicy.class)
  void theMessagesOfThousandsOfConsumersCountHoweverTheyAreAcknowledged(AckPolicy policy) {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < FULL + 1_000; i++) {
        client.nanos += TimeUnit.MILLISECONDS.toNanos(1);
        if (round == 0) {
          client.lookUp("c" + i, policy);
        }
        client.tell(client.deliver("c" + i, 1 + round), AckType.AckAck);
      }
    }

    assertThat(client.tracker.consumers()).isEqualTo(FULL);
    assertThat(sum(MailboxSnapshot::received)).isEqualTo(3 * (FULL + 1_000));
    assertThat(sum(MailboxSnapshot::acked)).isEqualTo(3 * (FULL + 1_000));
    assertThat(client.counts("ORDERS/c0")).containsExactly(3L, 3L, 0L, 0L);
  }

  private long sum(ToLongFunction<MailboxSnapshot> figure) {
    return client.recorded.mailboxes().stream().mapToLong(figure).sum();
  }

  @Test
  void aConsumerThatStillDeliversIsNotForgotten() {
    client.answer(new ConsumerInfo("ORDERS", "long", null, AckPolicy.None, Duration.ofSeconds(30)));
    for (int i = 0; i < 10_000; i++) {
      client.nanos += TimeUnit.SECONDS.toNanos(1);
      client.deliver("c" + i, 1);
      if (i % 250 == 0) {
        client.deliver("long", 1 + i);
      }
    }

    assertThat(client.counts("ORDERS")).containsExactly(10_040L, 40L, 0L, 0L);
    assertThat(client.tracker.consumers()).isLessThanOrEqualTo(FULL);
  }

  @Test
  void aConsumerThatComesAgainIsCountedAsBefore() {
    client.lookUp("worker", AckPolicy.None);
    client.deliver("worker", 1);
    client.nanos += TimeUnit.HOURS.toNanos(1);
    for (int i = 0; i < FULL + 1_000; i++) {
      client.nanos += TimeUnit.SECONDS.toNanos(1);
      client.lookUp("c" + i, AckPolicy.Explicit); // the table is full of durable ones
    }
    client.deliver("worker", 2);

    assertThat(client.counts(QUEUE)).containsExactly(2L, 2L, 0L, 0L);
  }

  @Test
  void anAckOfAConsumerThatIsNotFollowedCountsAlsoWhenThereIsRoomAgain() {
    for (int i = 0; i < FULL; i++) {
      client.lookUp("c" + i, AckPolicy.Explicit);
    }
    client.lookUp("worker", AckPolicy.Explicit);
    Message message = client.deliver("worker", 1);
    client.nanos += TimeUnit.HOURS.toNanos(1);
    client.lookUp("another", AckPolicy.Explicit); // the others are idle now
    client.tell(message, AckType.AckAck);

    assertThat(client.counts(QUEUE)).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void consumersOfTwoServersShareNothingButTheirName() {
    Connection one = new Connection("nats://localhost:4222");
    Connection other = new Connection("nats://localhost:4223");
    client.lookUp(one, "worker", AckPolicy.None);
    client.lookUp(other, "worker", AckPolicy.All);
    client.deliver(one, "worker", 1, 5);
    client.deliver(other, "worker", 1, 7);
    Message second = client.deliver(other, "worker", 2, 6);
    assertThat(client.counts(QUEUE)).containsExactly(3L, 1L, 0L, 0L);
    assertThat(client.mailbox(QUEUE).depth()).isEqualTo(11);

    client.tell(second, AckType.AckAck);
    assertThat(client.counts(QUEUE)).containsExactly(3L, 3L, 0L, 0L);
  }

  @Test
  void connectionsToOneServerShareAConsumer() {
    Connection one = new Connection("nats://a:4222", "nats://user:secret@b:4222");
    Connection other = new Connection("nats://b:4222", "nats://a:4222");
    client.lookUp(one, "worker", AckPolicy.None);
    client.deliver(one, "worker", 1, 6);
    client.deliver(other, "worker", 2, 5);

    assertThat(client.counts(QUEUE)).containsExactly(2L, 2L, 0L, 0L);
    assertThat(client.mailbox(QUEUE).depth()).isEqualTo(5);
    assertThat(client.tracker.consumers()).isEqualTo(1);
  }

  /** The client's object is older than the agent. */
  @Test
  void whatAnUnknownObjectWasToldHoldsForEachServer() {
    client.lookUp("worker", AckPolicy.None);
    client.deliver(new Connection("nats://localhost:4222"), "worker", 1, 0);

    assertThat(client.counts(QUEUE)).containsExactly(1L, 1L, 0L, 0L);
  }

  @ParameterizedTest
  @EnumSource(AckPolicy.class)
  void aMessageTakesNoMemory(AckPolicy policy) {
    Connection connection = new Connection("nats://localhost:4222");
    client.lookUp(connection, "worker", policy);
    Message[] messages = new Message[4_096]; // so many that none is settled twice in a row
    for (int i = 0; i < messages.length; i++) {
      messages[i] = new Message(message("worker", 1, i + 1, 0).getReplyTo(), connection);
    }
    int[] next = {0};
    assertAllocatesNothing(
        () -> {
          Message message = messages[next[0]++ % messages.length];
          client.tracker.delivered(message);
          client.tracker.told(message, Settlement.ACKED);
        });
  }

  @Test
  void aMessageOfNatsItselfTakesNoMemory() {
    NatsSubscription subscription = new NatsSubscription("prices.*");
    assertAllocatesNothing(() -> client.tracker.deliveredOnce(subscription));
  }
}
