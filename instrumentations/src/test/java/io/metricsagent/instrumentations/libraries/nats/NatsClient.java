package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.AckPolicy;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.AckType;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.Connection;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.ConsumerInfo;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.ManageResult;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.Message;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client whose methods are woven, and what was recorded of it. */
final class NatsClient {
  final Recorded recorded;
  long nanos = Long.MAX_VALUE; // a clock that overflows next
  final NatsTracker tracker;
  private final Woven manage;
  private final Woven settle;
  private final Woven info;
  private final Woven counted;
  private final Woven inbox;
  private final Woven made;

  NatsClient() {
    this(new Recorded());
  }

  NatsClient(Recorded recorded) {
    this.recorded = recorded;
    tracker = new NatsTracker(recorded.registry(), () -> nanos);
    manage = Woven.with(new ReceiveHandler(tracker));
    settle = Woven.with(new SettleHandler(tracker));
    info = Woven.with(new InfoHandler(tracker));
    counted = Woven.with(new CountedHandler(tracker));
    made = Woven.with(new MadeHandler(tracker));
    inbox = Woven.with(new InboxHandler(tracker));
  }

  /** The client looks up a durable consumer of the stream ORDERS. */
  void lookUp(String consumer, AckPolicy policy) {
    answer(new ConsumerInfo("ORDERS", consumer, consumer, policy, Duration.ofSeconds(30)));
  }

  void answer(ConsumerInfo answer) {
    info.call(args -> answer, this);
  }

  /** The client makes an object for JetStream of a connection, and looks up a consumer with it. */
  void lookUp(Connection connection, String consumer, AckPolicy policy) {
    Object context = new Object();
    made.call(args -> null, context, connection);
    Object copy = new Object();
    made.call(args -> null, copy, context);
    info.call(
        args -> new ConsumerInfo("ORDERS", consumer, consumer, policy, Duration.ofSeconds(30)),
        copy);
  }

  /** Delivers a message of ORDERS from a connection, with none left. */
  Message deliver(Connection connection, String consumer, int sequence, int pending) {
    String subject = message(consumer, 1, sequence, pending).getReplyTo();
    return deliver(new Message(subject, connection));
  }

  static Message message(String consumer, int deliveries, int sequence, int pending) {
    return message("ORDERS", consumer, deliveries, sequence, System.currentTimeMillis(), pending);
  }

  static Message message(
      String stream, String consumer, int deliveries, int sequence, long sentMillis, int pending) {
    return new Message(
        String.format(
            "$JS.ACK.%s.%s.%d.%d.%d.%d.%d",
            stream,
            consumer,
            deliveries,
            sequence,
            sequence + deliveries - 1,
            TimeUnit.MILLISECONDS.toNanos(sentMillis),
            pending));
  }

  Message deliver(Message message) {
    manage.call(args -> ManageResult.MESSAGE, this, message);
    return message;
  }

  /** Delivers a message of ORDERS for the first time. */
  Message deliver(String consumer, int sequence) {
    return deliver(message(consumer, 1, sequence, 0));
  }

  /** The client keeps a message, or handles a status itself. */
  void keep(Message message) {
    manage.call(args -> ManageResult.STATUS_HANDLED, this, message);
  }

  /** The application says something about a message; the client sends it if nothing final was. */
  void tell(Message message, AckType type) {
    settle.call(
        args -> {
          if (!Settlement.of(message.lastAck()).isFinal()) {
            message.setLastAck(type);
          }
          return null;
        },
        message,
        type);
  }

  /** A second thread says the same while the client is sending, so the client sends it twice. */
  void tellTwiceAtOnce(Message message, AckType type) {
    settle.call(
        args -> {
          tell(message, type);
          message.setLastAck(type);
          return null;
        },
        message);
  }

  /** The application says something that cannot be sent. */
  void tellInVain(Message message) {
    try {
      settle.call(
          args -> {
            throw new IllegalStateException("closed");
          },
          message);
    } catch (IllegalStateException e) {
      return;
    }
    throw new AssertionError("the application must see its exception");
  }

  void count(Object subscription) {
    counted.call(args -> null, subscription);
  }

  void makeInbox(String name) {
    inbox.call(args -> name, this);
  }

  MailboxSnapshot mailbox(String queue) {
    return recorded.mailboxes().stream()
        .filter(mailbox -> mailbox.queueName().equals(queue))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no mailbox " + queue));
  }

  /** Returns received, acked, nacked and dead-lettered messages of a queue. */
  List<Long> counts(String queue) {
    MailboxSnapshot mailbox = mailbox(queue);
    return List.of(mailbox.received(), mailbox.acked(), mailbox.nacked(), mailbox.deadLettered());
  }
}
