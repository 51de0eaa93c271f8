package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.TagTable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The messages that a channel has handed to the application and that are not settled, by the
 * delivery tags of the wire. Thread-safe; refers to no object of the application.
 *
 * <p>A channel that is closed gives all of them back. The client may still hand over messages that
 * it got before: these are given back, too.
 */
final class ChannelMessages {
  private static final int MAX_CONSUMERS = 1_000;

  private final TagTable unsettled = new TagTable();
  private final long offset;
  private final Set<String> consumers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** The highest tag that was handed over. */
  private volatile long last;

  /** A settlement of all messages up to a tag. */
  private record UpTo(long last, Outcome outcome) {}

  /**
   * Makes the messages of a channel.
   *
   * @param offset what the channel adds to the tags that it offers to the application, because an
   *     earlier channel, in whose place it is, has used those below
   */
  ChannelMessages(long offset) {
    this.offset = Math.max(0, offset);
  }

  /** Returns the messages that are not settled. */
  TagTable unsettled() {
    return unsettled;
  }

  /** Returns the tag on the wire of a tag that the application sees. */
  long wireTag(long tag) {
    return tag - offset;
  }

  /**
   * Adds a message that was handed to the application.
   *
   * @param tag its tag on the wire
   * @param sentMillis as in {@link TagTable#delivered}
   */
  void handedOver(long tag, MailboxMetrics mailbox, long sentMillis) {
    unsettled.delivered(tag, mailbox, sentMillis);
    if (tag > last) { // a channel hands its messages over one after the other
      last = tag;
    }
    if (closed) {
      unsettled.settleNowUpTo(Long.MAX_VALUE, Outcome.NACKED);
    }
  }

  /** Returns the highest tag that was handed over. */
  long last() {
    return last;
  }

  /**
   * The application begins to send what settles messages. Messages that are handed over before the
   * sending has ended are not settled with all others.
   *
   * @param method what it sends: {@link AmqpMethod#settles}
   * @return the settlement for {@link #settled}
   */
  Object settling(Object method) {
    if (!AmqpMethod.isMultiple(method)) {
      return method;
    }
    long tag = AmqpMethod.tag(method);
    return new UpTo(tag == 0 ? last : tag, outcome(method)); // 0 is all of them
  }

  /** The settlement is sent. */
  void settled(Object settlement) {
    if (settlement instanceof UpTo several) {
      unsettled.settleUpTo(several.last, several.outcome);
    } else {
      unsettled.settle(AmqpMethod.tag(settlement), outcome(settlement));
    }
  }

  private static Outcome outcome(Object method) {
    if (AmqpMethod.of(method) == AmqpMethod.ACK) {
      return Outcome.ACKED;
    }
    return AmqpMethod.requeues(method) ? Outcome.NACKED : Outcome.DEAD_LETTERED;
  }

  /**
   * Messages are given back, also in a transaction: the broker delivers them again under other
   * tags, some of them maybe before the answer to the application.
   *
   * @param upTo {@link #last} when the application asked for it
   */
  void recovered(long upTo) {
    unsettled.settleNowUpTo(upTo, Outcome.NACKED);
  }

  /** The channel is closed; what a transaction held was not committed. */
  void close() {
    closed = true;
    unsettled.rollback();
    unsettled.settleNowUpTo(Long.MAX_VALUE, Outcome.NACKED);
  }

  boolean isClosed() {
    return closed;
  }

  /** Notes a consumer of the channel; returns whether it is new and there are not too many. */
  boolean addConsumer(String tag) {
    return consumers.size() < MAX_CONSUMERS && consumers.add(tag);
  }

  /** Returns the consumers that were noted. */
  Set<String> consumers() {
    return consumers;
  }
}
