package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;

/**
 * The recording protocol of the metrics specification. All methods are thread-safe; recording never
 * blocks on {@link #snapshot} or {@link #reset}.
 *
 * <p>Times are milliseconds. The specification's {@code run_context} carried only the worker, which
 * here is a property of the process.
 */
public interface MetricsCollector {
  /**
   * Records one request; its total latency is the sum of the four phases.
   *
   * @param usage {@code null} when not known
   * @param error the type of the error, or {@code null} for success; {@code cancelled} marks a
   *     request that the application cancelled, which is neither
   * @param throttled whether the request was rate-limited; independent of {@code error}
   * @param experiment {@code null} for none
   */
  void recordAdapterCall(
      String adapter,
      long renderMillis,
      long callMillis,
      long parseMillis,
      long toolMillis,
      TokenUsage usage,
      String error,
      boolean throttled,
      String experiment);

  /**
   * Records one tool call.
   *
   * @param errorCode counted only for failures; {@code null} when there is none
   */
  void recordToolCall(String tool, long latencyMillis, boolean success, String errorCode);

  /**
   * Records one message handed to the application.
   *
   * @param deliveryCount 1 for the first delivery
   * @param ageMillis time since the message was put into the queue
   */
  void recordMessageReceived(String queue, int deliveryCount, long ageMillis);

  /** Records a message settled as processed. */
  void recordMessageAck(String queue);

  /** Records a message given back to the queue. */
  void recordMessageNack(String queue);

  /** Records a message whose time to live ran out. */
  void recordMessageExpired(String queue);

  /** Records a message moved to a dead-letter queue. */
  void recordMessageDeadLettered(String queue);

  /** Records the number of messages that wait. */
  void recordQueueDepth(String queue, long depth);

  /** Returns everything recorded since the start or the last reset. */
  MetricsSnapshot snapshot();

  /** Discards everything recorded so far. */
  void reset();
}
