package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.instrumentations.access.Accessor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the client was told about a consumer when it was made or looked up.
 *
 * @param stream the name of the stream
 * @param consumer the name of the consumer
 * @param durable whether the consumer lives on without a subscription; others have random names
 * @param ackWaitNanos how long the server waits for an acknowledgement
 */
record ConsumerFacts(
    String stream, String consumer, boolean durable, AckPolicy policy, long ackWaitNanos) {
  private static final Accessor STREAM = Accessor.path("getStreamName()");
  private static final Accessor NAME = Accessor.path("getName()");
  private static final Accessor CONFIGURATION = Accessor.path("getConsumerConfiguration()");
  private static final Accessor POLICY = Accessor.path("getAckPolicy()");
  private static final Accessor DURABLE = Accessor.path("getDurable()");
  private static final Accessor ACK_WAIT = Accessor.path("getAckWait()");
  private static final Duration USUAL_ACK_WAIT = Duration.ofSeconds(30);
  private static final long MIN_ACK_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** As long as forever, and short enough to be doubled as a number of nanoseconds. */
  private static final Duration MAX_ACK_WAIT = Duration.ofDays(36_500);

  /** Returns what is assumed of a consumer that the client was not told about. */
  static ConsumerFacts assumed(String stream, String consumer) {
    return new ConsumerFacts(stream, consumer, false, AckPolicy.EXPLICIT, USUAL_ACK_WAIT.toNanos());
  }

  /** Returns whether just this would be assumed of a consumer of the name. */
  boolean areAsAssumed() {
    return equals(assumed(stream, consumer));
  }

  /** Reads the client's {@code ConsumerInfo}; returns {@code null} if it has no names. */
  static ConsumerFacts of(Object info) {
    String stream = STREAM.readString(info);
    String consumer = NAME.readString(info);
    if (stream == null || consumer == null) {
      return null;
    }
    Object configuration = CONFIGURATION.read(info);
    return new ConsumerFacts(
        stream,
        consumer,
        DURABLE.readString(configuration) != null,
        AckPolicy.of(POLICY.read(configuration)),
        ackWait(ACK_WAIT.read(configuration)));
  }

  private static long ackWait(Object wait) {
    if (!(wait instanceof Duration told) || told.isNegative() || told.isZero()) {
      return USUAL_ACK_WAIT.toNanos();
    }
    if (told.compareTo(MAX_ACK_WAIT) > 0) {
      return MAX_ACK_WAIT.toNanos();
    }
    return Math.max(MIN_ACK_WAIT_NANOS, told.toNanos());
  }

  /**
   * Returns the name of the queue: a durable consumer is a queue of its own, with its own messages
   * left; others are gone with their subscription and share the name of the stream.
   */
  String queue() {
    return durable ? stream + "/" + consumer : stream;
  }
}
