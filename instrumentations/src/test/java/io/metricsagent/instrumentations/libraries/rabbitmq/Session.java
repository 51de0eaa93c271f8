package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Consumer;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Envelope;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Properties;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A client whose methods are woven, and what was recorded of it. */
final class Session {
  final Recorded recorded;
  final RabbitTracker tracker;
  private final ConsumeHandler consuming;
  private final Woven settle;
  private final Woven request;
  private final Woven shutdown;

  Session() {
    this(new Recorded());
  }

  Session(Recorded recorded) {
    this.recorded = recorded;
    tracker = new RabbitTracker(recorded.registry());
    consuming = new ConsumeHandler(tracker);
    settle = Woven.with(new SettleHandler(tracker));
    request = Woven.with(new RequestHandler(tracker));
    shutdown = Woven.with(new ShutdownHandler(tracker));
  }

  /** Calls {@code basicConsume}; returns the consumer that the client gets. */
  Object consume(Object channel, String queue, boolean autoAck, Object consumer) {
    Object token = consuming.enter(channel, queue, autoAck, "");
    Object watched = consuming.replaceArgument(token, consumer);
    consuming.exit(token, "tag", null);
    return watched;
  }

  /** Calls {@code basicConsume} for a consumer that settles messages itself. */
  Consumer consume(Object channel, String queue) {
    return (Consumer) consume(channel, queue, false, new FakeRabbit.Inbox());
  }

  /** Hands messages with these tags to a consumer. */
  static void deliver(Consumer consumer, long... tags) {
    for (long tag : tags) {
      consumer.handleDelivery("tag", new Envelope(tag, false), Properties.NONE, new byte[0]);
    }
  }

  void send(Object channel, Object method) {
    settle.call(args -> null, channel, method);
  }

  void send(Object channel, Object method, Runnable meanwhile) {
    settle.call(args -> after(meanwhile), channel, method);
  }

  void ask(Object channel, Object method, Runnable meanwhile) {
    request.call(args -> after(meanwhile), channel, method);
  }

  private static Object after(Runnable meanwhile) {
    meanwhile.run();
    return null;
  }

  void sendInVain(Object channel, Object method) {
    IllegalStateException closed = new IllegalStateException("closed");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try {
      settle.call(
          args -> {
            throw closed;
          },
          channel,
          method);
    } catch (IllegalStateException e) {
      thrown.set(e);
    }
    if (thrown.get() != closed) {
      throw new AssertionError("the application must see its exception");
    }
  }

  void ask(Object channel, Object method, Object answer) {
    request.call(args -> answer, channel, method);
  }

  void ask(Object channel, Object method) {
    ask(channel, method, new FakeRabbit.Command(null, null));
  }

  void close(Object channel) {
    shutdown.call(args -> null, channel);
  }

  List<MailboxSnapshot> mailboxes() {
    return recorded.mailboxes();
  }

  MailboxSnapshot mailbox() {
    return recorded.mailbox();
  }

  MailboxSnapshot mailbox(String queue) {
    return mailboxes().stream()
        .filter(mailbox -> mailbox.queueName().equals(queue))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no mailbox " + queue));
  }

  /** Returns received, acked, nacked and dead-lettered messages of the only mailbox. */
  List<Long> counts() {
    return counts(mailbox());
  }

  static List<Long> counts(MailboxSnapshot mailbox) {
    return List.of(mailbox.received(), mailbox.acked(), mailbox.nacked(), mailbox.deadLettered());
  }
}
