package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.testing.WovenApplication;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Mailboxes that a rule describes; the real weaver weaves them. */
class RuleMailboxesTest {
  private static final String HERE = RuleMailboxesTest.class.getName() + "$";

  /** Shared with the test. */
  public interface BoxApi {
    /** Renames the queue. */
    BoxApi named(String name);

    /** Makes messages with these receipts wait. */
    void put(int deliveries, Object enqueued, String... receipts);

    /** Receives all messages. */
    Object receiveAll();

    /** Does what a word says with a receipt. */
    Object settle(String how, String receipt);
  }

  record Message(String receipt, Object enqueuedAt, int deliveryCount) {}

  /** A mailbox. */
  static final class Box implements BoxApi {
    private final List<Message> waiting = new ArrayList<>();
    private String name = "requests";

    @Override
    public BoxApi named(String newName) {
      name = newName;
      return this;
    }

    public String name() {
      return name;
    }

    public int approximateCount() {
      return waiting.size();
    }

    @Override
    public void put(int deliveries, Object enqueued, String... receipts) {
      for (String receipt : receipts) {
        waiting.add(new Message(receipt, enqueued, deliveries));
      }
    }

    @Override
    public Object receiveAll() {
      return receive();
    }

    List<Message> receive() {
      waiting.stream()
          .filter(message -> message.receipt().startsWith("poison"))
          .forEach(this::deadLetter);
      waiting.removeIf(message -> message.receipt().startsWith("poison"));
      List<Message> all = List.copyOf(waiting);
      waiting.clear();
      return all;
    }

    @Override
    public Object settle(String how, String receipt) {
      return switch (how) {
        case "ack" -> {
          ack(receipt);
          yield null;
        }
        case "nack" -> nack(receipt);
        case "throw" -> nack(null);
        case "dead" -> deadLetter(new Message(receipt, null, 1));
        case "all" -> ackAll(List.of(receipt.split(",")));
        case "later" -> ackLater(receipt);
        default -> throw new IllegalArgumentException(how);
      };
    }

    void ack(String receipt) {}

    boolean nack(String receipt) {
      if (receipt == null) {
        throw new IllegalStateException();
      }
      return !receipt.equals("unknown");
    }

    Object deadLetter(Message message) {
      ack(message.receipt());
      return null;
    }

    Object ackAll(List<String> receipts) {
      receipts.forEach(this::ack);
      return null;
    }

    CompletableFuture<Void> ackLater(String receipt) {
      return receipt.equals("lost")
          ? CompletableFuture.failedFuture(new IllegalStateException())
          : CompletableFuture.completedFuture(null);
    }
  }

  private static Rules rule() {
    return Rules.of(Box.class)
        .with("queue", "this.name()")
        .receive(
            "receive",
            "return[*]",
            "message.receipt",
            "message.enqueuedAt",
            "message.deliveryCount")
        .settle(Settlement.ACK, "ack", "arg[0]")
        .settle(Settlement.NACK, "nack", "arg[0]")
        .settle(Settlement.DEAD_LETTER, "deadLetter", "arg[0].receipt");
  }

  private WovenApplication app;

  private BoxApi box(MailboxRule rule) throws Exception {
    app = WovenApplication.with(HERE, Rules.module(rule));
    return app.create(Box.class, BoxApi.class);
  }

  private MailboxSnapshot only() {
    assertThat(app.snapshot().mailboxes()).hasSize(1);
    return app.snapshot().mailboxes().get(0);
  }

  private static Instant ago(int seconds) {
    return Instant.now().minusSeconds(seconds);
  }

  @Test
  void receivingTellsAgesAndDeliveries() throws Exception {
    BoxApi box = box(rule().mailbox());
    box.put(1, ago(2), "a", "b");
    box.put(3, ago(600), "c");
    box.put(2, "no time", "d");
    box.receiveAll();

    assertThat(only().queueName()).isEqualTo("requests");
    assertThat(only().received()).isEqualTo(4);
    assertThat(only().deliveryCounts().subList(0, 4)).containsExactly(2L, 1L, 1L, 0L);
    assertThat(only().retries()).isEqualTo(3);
    assertThat(only().queueLag().count()).isEqualTo(3);
  }

  @Test
  void aDeadLetterThatAcknowledgesWithinIsNoAcknowledgement() throws Exception {
    BoxApi box = box(rule().mailbox());
    box.put(1, ago(1), "a", "b");
    box.receiveAll();
    box.settle("dead", "a");
    box.settle("ack", "b");

    assertThat(only().deadLettered()).isEqualTo(1);
    assertThat(only().acked()).isEqualTo(1);
  }

  @Test
  void anIdIsSettledOnceUntilItIsReceivedAgain() throws Exception {
    BoxApi box = box(rule().mailbox());
    box.put(1, ago(1), "a");
    box.receiveAll();
    box.settle("nack", "a");
    box.settle("ack", "a");
    box.settle("dead", "a");
    assertThat(only().nacked()).isEqualTo(1);
    assertThat(only().acked() + only().deadLettered()).isZero();

    box.put(2, ago(1), "a");
    box.receiveAll();
    box.settle("ack", "a");
    box.settle("ack", "a");
    assertThat(only().acked()).isEqualTo(1);
    box.settle("ack", "received by somebody else");
    assertThat(only().acked()).isEqualTo(2);
  }

  @Test
  void idsOfTwoMailboxesAreApart() throws Exception {
    BoxApi one = box(rule().mailbox());
    BoxApi other = app.create(Box.class, BoxApi.class).named("replies");
    for (BoxApi box : List.of(one, other)) {
      box.put(1, ago(1), "a");
      box.receiveAll();
      box.settle("ack", "a");
    }

    assertThat(app.snapshot().mailboxes())
        .extracting(MailboxSnapshot::queueName)
        .containsExactlyInAnyOrder("requests", "replies");
    assertThat(app.snapshot().mailboxes()).allMatch(mailbox -> mailbox.acked() == 1);
  }

  @Test
  void whatThrowsRefusesOrFailsSettlesNothing() throws Exception {
    BoxApi box = box(rule().settle(Settlement.EXPIRED, "ackLater", "arg[0]").mailbox());
    assertThatThrownBy(() -> box.settle("throw", "a")).isInstanceOf(IllegalStateException.class);
    box.settle("nack", "unknown");
    box.settle("later", "lost");
    assertThat(app.snapshot().mailboxes())
        .allMatch(mailbox -> mailbox.nacked() + mailbox.expired() == 0);

    box.settle("nack", "a");
    box.settle("later", "b");
    assertThat(only().nacked()).isEqualTo(1);
    assertThat(only().expired()).isEqualTo(1);
  }

  @Test
  void manyIdsAreAsManyMessages() throws Exception {
    BoxApi box = box(rule().settle(Settlement.ACK, "ackAll", "arg[0]").mailbox());
    box.settle("all", "a,b,c,a");

    assertThat(only().acked()).isEqualTo(3);
  }

  @Test
  void theDepthIsReadBeforeEachSnapshot() throws Exception {
    BoxApi box = box(rule().with("depth", "this.approximateCount()").mailbox());
    box.receiveAll();
    assertThat(only().depth()).isZero();
    box.put(1, ago(1), "a", "b", "c");
    assertThat(only().depth()).isEqualTo(3);
    BoxApi same = app.create(Box.class, BoxApi.class); // another object for the queue
    same.put(1, ago(1), "x");
    same.receiveAll();
    same.put(1, ago(1), "x");
    assertThat(only().depth()).isEqualTo(3);
  }

  @Test
  void theOldestMessageIsTheOldestThatIsNotSettled() throws Exception {
    BoxApi box = box(rule().mailbox());
    box.put(1, ago(1000), "old");
    box.put(1, ago(100), "young");
    box.receiveAll();
    assertThat(only().oldestAgeMillis()).isBetween(1_000_000L, 1_100_000L);
    box.settle("ack", "old");
    assertThat(only().oldestAgeMillis()).isBetween(100_000L, 200_000L);
  }

  @Test
  void aTimeWithoutZoneGivesNoAge() throws Exception {
    BoxApi box = box(rule().mailbox());
    box.put(1, LocalDateTime.now(), "a");
    box.receiveAll();

    assertThat(only().received()).isEqualTo(1);
    assertThat(only().queueLag().count()).isZero();
  }

  @Test
  void aMessageThatTheMailboxSettlesWhileItReceivesIsSettled() throws Exception {
    BoxApi box = box(rule().mailbox());
    box.put(9, null, "poison", "a");
    box.receiveAll();

    assertThat(only().received()).isEqualTo(1);
    assertThat(only().deadLettered()).isEqualTo(1);
    assertThat(only().acked()).isZero();
  }
}
