package io.metricsagent.api;

/**
 * Records calls of adapters, tools and mailboxes that the agent cannot see by itself, such as the
 * calls of the application's own client. A call that the agent measures must not be recorded here
 * too, because it would be counted twice.
 *
 * <p>All methods are thread-safe and none of them throws. Recording takes no lock. A value that
 * cannot be right is not recorded: a call without a name is dropped, and a negative time counts as
 * 0. The agent logs one warning for each kind of mistake, with the calling line of code. Times are
 * whole milliseconds. Names and error codes should be few: series beyond {@code
 * metrics.agent.cardinality.limit} share one series.
 *
 * <p>{@link MetricsAgentApi#collector} gives an implementation to applications. An application may
 * implement the interface itself in tests: methods that later versions add have a default
 * implementation.
 */
public interface MetricsCollector {
  /** The snapshot without the agent: an empty JSON object. */
  String NOTHING = "{}";

  /**
   * Records one request to a model, in the series of its adapter, model, operation and experiment.
   * The latency of the whole request is the sum of its phases.
   *
   * @param call the description of the request; it is read before this method returns
   */
  void recordAdapterCall(AdapterCall call);

  /**
   * Records one call of a tool, under the experiment of the setting {@code
   * metrics.agent.experiment}.
   *
   * @param tool the name of the tool
   * @param latencyMillis how long the call took, in milliseconds
   * @param success whether the call did what the model asked for
   * @param errorCode why the call failed, or {@code null} if there is no code; ignored for a
   *     success
   */
  void recordToolCall(String tool, long latencyMillis, boolean success, String errorCode);

  /**
   * Records one call of a tool under an experiment.
   *
   * @param experiment the experiment, or {@code null} for the one that the setting {@code
   *     metrics.agent.experiment} names
   */
  void recordToolCall(
      String tool, long latencyMillis, boolean success, String errorCode, String experiment);

  /**
   * Records one message that the application received.
   *
   * @param queue the name of the queue
   * @param deliveryCount 1 for the first delivery of the message, 2 for the second, and so on
   * @param ageMillis the time since the message was first put into the queue, in milliseconds
   */
  void recordMessageReceived(String queue, int deliveryCount, long ageMillis);

  /** Records one message that was processed. */
  void recordMessageAck(String queue);

  /** Records one message that was given back to the queue. */
  void recordMessageNack(String queue);

  /** Records one message whose time to live ran out. */
  void recordMessageExpired(String queue);

  /**
   * Records one message that was moved to a dead-letter queue. The application must not record an
   * acknowledgement of that message in addition.
   */
  void recordMessageDeadLettered(String queue);

  /**
   * Records the number of messages that are waiting now.
   *
   * @param depth the number of messages; a negative number is dropped, because some clients use it
   *     for "unknown"
   */
  void recordQueueDepth(String queue, long depth);

  /**
   * Returns everything that was recorded since the start or the last reset, by the application and
   * by the agent, as the JSON document that the agent writes to its folder.
   *
   * @return {@link #NOTHING} without the agent; never {@code null}
   */
  String snapshot();

  /**
   * Resets all figures to zero, including those that the agent measured and those of other callers.
   * Exporters that send differences since their last export do not send what was recorded between
   * that export and the reset.
   */
  void reset();

  /**
   * Returns a snapshot and resets all figures to zero. Each recorded call is in this snapshot or in
   * later ones, never in both.
   *
   * @return {@link #NOTHING} without the agent; never {@code null}
   */
  String snapshotAndReset();
}
