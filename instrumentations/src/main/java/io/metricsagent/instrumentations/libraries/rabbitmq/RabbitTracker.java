package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.QueueDepths;
import java.util.Map;

/**
 * Finds the messages of a channel, and records what is handed to the application. Thread-safe;
 * keeps no object of the application alive.
 *
 * <p>A channel that only sends is not known here. What a channel has handed over before the agent
 * was attached is not known either, and its settlement is not counted.
 */
final class RabbitTracker {
  private static final String SYSTEM = "rabbitmq";
  private static final int MAX_CHANNELS = 100_000;

  /** What a channel that recovered adds to its tags; other channels lack the method. */
  private static final Accessor OFFSET = Accessor.path("getActiveDeliveryTagOffset()");

  private static final Accessor TAG = Accessor.path("getDeliveryTag()");
  private static final Accessor REDELIVERED = Accessor.path("isRedeliver()");

  /** How the names of queues begin that live as long as a connection; one is for replies. */
  private static final String[] TEMPORARY = {"amq.gen-", "amq.rabbitmq.reply-to", "spring.gen-"};

  private final Mailboxes mailboxes;
  private final QueueDepths depths;
  private final WeakMap<Object, ChannelMessages> channels = new WeakMap<>(MAX_CHANNELS);
  private final SpringConsumers spring = new SpringConsumers();

  RabbitTracker(Registry registry) {
    mailboxes = new Mailboxes(registry);
    depths = new QueueDepths(mailboxes);
  }

  /** Returns the time at which an operation begins; 0 if operations are not timed. */
  long begin() {
    return mailboxes.begin();
  }

  /** Returns what is known of Spring's consumers. */
  SpringConsumers spring() {
    return spring;
  }

  /**
   * Returns the series of a queue.
   *
   * @param queue its name; {@code null} or empty if the application left it to the broker
   */
  MailboxMetrics mailbox(String queue) {
    return mailboxes.of(named(queue), SYSTEM);
  }

  private static String named(String queue) {
    if (queue == null || queue.isEmpty()) {
      return null;
    }
    for (String beginning : TEMPORARY) {
      if (queue.startsWith(beginning)) {
        return Mailboxes.TEMPORARY;
      }
    }
    return queue;
  }

  /** Returns the messages of a channel, or {@code null} if none are followed. */
  ChannelMessages channel(Object channel) {
    return channels.get(channel);
  }

  /** Returns the messages of a channel, which are followed from now on. */
  ChannelMessages following(Object channel) {
    ChannelMessages known = channels.get(channel);
    if (known != null) {
      return known;
    }
    ChannelMessages made = new ChannelMessages(OFFSET.readLong(channel));
    ChannelMessages messages = channels.putIfAbsent(channel, made);
    if (messages == made) {
      mailboxes.sample(made.unsettled());
    }
    return messages;
  }

  /** A channel is closed, by the application or because its connection is lost. */
  void closed(Object channel) {
    ChannelMessages messages = channels.remove(channel);
    if (messages != null) {
      messages.close();
      spring.forget(messages);
    }
  }

  /** Returns whether no channel is followed. */
  boolean isEmpty() {
    return channels.isEmpty() && spring.isEmpty();
  }

  /**
   * A message is handed to the application.
   *
   * @param envelope the client's {@code Envelope}, with the tag that the application sees
   * @param properties the client's {@code BasicProperties}
   */
  void handedOver(Subscription subscription, Object envelope, Object properties) {
    boolean redelivered = Boolean.TRUE.equals(REDELIVERED.read(envelope));
    long tag = subscription.channel().wireTag(TAG.readLong(envelope));
    handedOver(subscription, tag, redelivered, properties);
  }

  /**
   * A message is handed to the application.
   *
   * @param tag its tag on the wire
   */
  void handedOver(Subscription subscription, long tag, boolean redelivered, Object properties) {
    MailboxMetrics mailbox = subscription.mailbox();
    Map<?, ?> headers = MessageFacts.headers(properties);
    long sentMillis = MessageFacts.brokerMillis(headers);
    AgeSource clock = AgeSource.BROKER_CLOCK;
    if (sentMillis <= 0) {
      sentMillis = MessageFacts.senderMillis(properties);
      clock = AgeSource.PRODUCER_CLOCK;
    }
    mailbox.recordDelivered(
        1,
        MessageFacts.deliveryCount(redelivered, headers),
        sentMillis,
        System.currentTimeMillis(),
        clock);
    if (subscription.settlesItself()) {
      mailbox.recordAcked(1);
    } else {
      subscription.channel().handedOver(tag, mailbox, sentMillis);
    }
    if (!redelivered && headers != null) {
      tellDeath(headers);
    }
  }

  /**
   * Records, for the queue in which the message became a dead letter, what only its broker decided.
   * A message that was refused is recorded where it is refused. A message that is delivered again
   * told its death before.
   */
  private void tellDeath(Map<?, ?> headers) {
    Map<?, ?> death = MessageFacts.lastDeath(headers);
    String reason = death == null ? null : MessageFacts.text(death, "reason");
    if (reason == null) {
      return;
    }
    switch (reason) {
      case "expired" -> Outcome.EXPIRED.record(queueOf(death), 1);
      case "maxlen", "delivery_limit" -> Outcome.DEAD_LETTERED.record(queueOf(death), 1);
      default -> {} // "rejected"
    }
  }

  private MailboxMetrics queueOf(Map<?, ?> death) {
    return mailbox(MessageFacts.text(death, "queue"));
  }

  /** The broker told how many messages are left in a queue. */
  void left(MailboxMetrics mailbox, long messages) {
    depths.left(mailbox, messages);
  }
}
