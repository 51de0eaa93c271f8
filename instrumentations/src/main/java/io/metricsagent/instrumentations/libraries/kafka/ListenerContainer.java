package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import java.util.List;

/**
 * One start of a listener container of Spring: what it hands to its listener, and with what the
 * listener fails. The container's thread calls all methods, except that a listener which returns a
 * future fails on any thread. Refers to no object of the application.
 */
final class ListenerContainer {
  private static final String LISTENERS = "org.springframework.kafka.listener.";
  private static final String BACK_OFF = LISTENERS + "KafkaBackoffException";
  private static final String BATCH_FAILURE = LISTENERS + "BatchListenerFailedException";
  private static final String LISTENER_FAILURE = LISTENERS + "ListenerExecutionFailedException";
  private static final int MAX_CAUSES = 20;

  private static final Accessor FAILED_RECORD = Accessor.path("getRecord()");
  private static final Accessor FAILED_INDEX = Accessor.path("getIndex()");

  private final boolean mayBackOff;
  private volatile ConsumerState consumer;

  /** Whether the listener has got the message that the container is about to hand over. */
  private boolean handedOver;

  /** Whether the message that is being recovered goes to a topic from where it is retried. */
  private boolean passedOn;

  /**
   * Makes a container that has handed nothing over.
   *
   * @param mayBackOff whether the listener may be spared a message, since the time for the next
   *     attempt has not come
   */
  ListenerContainer(boolean mayBackOff) {
    this.mayBackOff = mayBackOff;
  }

  /** The container polls a consumer. */
  void polls(ConsumerState polled) {
    if (consumer != polled) {
      polled.polledByContainer();
      consumer = polled;
    }
  }

  /** The container has a message for the listener. */
  void begins(Object message) {
    handedOver = false;
    if (!mayBackOff) {
      handOver(message);
    }
  }

  /** The listener gets a message. */
  void handOver(Object message) {
    handedOver = true;
    ConsumerState state = consumer;
    String name = Records.TOPIC.readString(message);
    if (state != null && name != null) {
      TopicState topic = state.topic(name);
      PartitionState partition = topic.add(Records.PARTITION.readLong(message));
      record(topic, partition, message, System.currentTimeMillis(), Records.clock(message));
    }
  }

  private static void record(
      TopicState topic, PartitionState partition, Object message, long now, AgeSource clock) {
    long count =
        partition instanceof ListenerPartition known
            ? known.handedOver(Records.OFFSET.readLong(message))
            : MailboxMetrics.UNKNOWN;
    topic.mailbox().recordDelivered(1, count, Records.TIMESTAMP.readLong(message), now, clock);
  }

  /** The listener gets a batch of messages. */
  void handOverAll(Object batch) {
    ConsumerState state = consumer;
    if (state == null) {
      return;
    }
    long now = System.currentTimeMillis();
    for (Object of : Records.partitions(batch)) {
      List<?> messages = Records.of(batch, of);
      String name = Records.TOPIC.readString(of);
      if (name != null && !messages.isEmpty()) {
        TopicState topic = state.topic(name);
        PartitionState partition = topic.add(Records.PARTITION.readLong(of));
        AgeSource clock = Records.clock(messages.get(0));
        for (Object message : messages) {
          record(topic, partition, message, now, clock);
        }
      }
    }
  }

  /**
   * The container has done with a message.
   *
   * @param thrown what the listener threw, or {@code null}
   * @return whether the listener has got the message
   */
  boolean ends(Object message, Throwable thrown) {
    if (!handedOver && cause(thrown, BACK_OFF) != null) {
      return false;
    }
    boolean listened = handedOver;
    if (!listened) { // an interceptor took it, or it could not be deserialised
      handOver(message);
    }
    if (thrown != null) {
      failed(message);
    }
    return listened;
  }

  /** Returns the queue of a message that the listener has got, or {@code null}. */
  MailboxMetrics queueOf(Object message) {
    ConsumerState state = consumer;
    return state == null ? null : state.mailbox(Records.TOPIC.readString(message));
  }

  /**
   * Returns the queue of the first message of a batch that the listener has got, or {@code null}.
   */
  MailboxMetrics queueOfBatch(Object batch) {
    ConsumerState state = consumer;
    if (state != null) {
      for (Object partition : Records.partitions(batch)) {
        return state.mailbox(Records.TOPIC.readString(partition));
      }
    }
    return null;
  }

  /** Returns what the listener itself threw: Spring wraps it. */
  static Throwable ofListener(Throwable thrown) {
    Throwable wrapper = cause(thrown, LISTENER_FAILURE);
    return wrapper == null || wrapper.getCause() == null ? thrown : wrapper.getCause();
  }

  /** The listener has failed with a message, or the message's transaction is rolled back. */
  void failed(Object message) {
    if (partitionOf(message) instanceof ListenerPartition partition) {
      partition.failed(Records.OFFSET.readLong(message));
    }
  }

  private PartitionState partitionOf(Object message) {
    ConsumerState state = consumer;
    return state == null
        ? null
        : state.find(Records.TOPIC.readString(message), Records.PARTITION.readLong(message));
  }

  /**
   * The listener has failed with a batch: with all of it, or from one message on, if the exception
   * says so.
   */
  void failedAll(Object batch, Throwable thrown) {
    Throwable failure = cause(thrown, BATCH_FAILURE);
    Object first = failure == null ? null : FAILED_RECORD.read(failure);
    long index = failure == null || first != null ? 0 : FAILED_INDEX.readLong(failure);
    boolean processed = first != null && isIn(batch, first);
    for (Object of : Records.partitions(batch)) {
      for (Object message : Records.of(batch, of)) {
        processed = processed && !isSame(message, first);
        if (!processed && index-- <= 0) {
          failed(message);
        }
      }
    }
  }

  private static boolean isIn(Object batch, Object message) {
    for (Object of : Records.partitions(batch)) {
      for (Object other : Records.of(batch, of)) {
        if (isSame(other, message)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isSame(Object message, Object other) {
    return Records.OFFSET.readLong(message) == Records.OFFSET.readLong(other)
        && Records.PARTITION.readLong(message) == Records.PARTITION.readLong(other)
        && String.valueOf(Records.TOPIC.readString(message))
            .equals(Records.TOPIC.readString(other));
  }

  private static Throwable cause(Throwable thrown, String type) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause.getClass().getName().equals(type)) {
        return cause;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** The container gives a message to a recoverer that publishes it to another topic. */
  void recovers() {
    passedOn = false;
  }

  /** The message that is being recovered goes to a topic from where it is retried, or not. */
  void passesOn(boolean toRetry) {
    passedOn = toRetry;
  }

  /** The message was published. */
  void recovered(Object message) {
    if (partitionOf(message) instanceof ListenerPartition partition) {
      if (passedOn) {
        partition.passedOn(Records.OFFSET.readLong(message));
      } else if (consumer.group().isEmpty()) {
        partition.givenUp(Records.OFFSET.readLong(message));
      }
    }
  }
}
