package io.metricsagent.api;

/**
 * Records calls of adapters, tools and mailboxes that the agent cannot see by itself, such as those
 * of a client of the application's own. What the agent already measures must not be recorded here
 * as well, because it would be counted twice.
 *
 * <p>All methods are thread-safe and none of them throws. Recording takes no lock. A value that
 * cannot be right is not recorded as it is: the call is dropped where its name is missing, and a
 * negative time counts as 0; the agent says so once for each kind of mistake, with the calling line
 * of code. Times are whole milliseconds. Names and error codes should be few: past {@code
 * metrics.agent.cardinality.limit}, further series share one.
 *
 * <p>Applications are given an implementation by {@link MetricsAgentApi#collector}. They may
 * implement the interface themselves in tests; later versions may add methods, which then have a
 * default implementation.
 */
public interface MetricsCollector {
  /** The snapshot where there is no agent: an empty JSON object. */
  String NOTHING = "{}";

  /**
   * Records one request to a model, in the series of its adapter, model, operation and experiment.
   * The latency of the whole request is the sum of its phases.
   *
   * @param call what is known of the request; it is read before this method returns
   */
  void recordAdapterCall(AdapterCall call);

  /**
   * Records one call of a tool, under the experiment of the setting {@code
   * metrics.agent.experiment}.
   *
   * @param tool the name of the tool
   * @param latencyMillis how long the call took
   * @param success whether the call did what the model asked for
   * @param errorCode why it failed; {@code null} where there is no code; ignored for a success
   */
  void recordToolCall(String tool, long latencyMillis, boolean success, String errorCode);

  /**
   * Records one call of a tool under an experiment.
   *
   * @param experiment {@code null} for that of the setting {@code metrics.agent.experiment}
   */
  void recordToolCall(
      String tool, long latencyMillis, boolean success, String errorCode, String experiment);

  /**
   * Records one message that was handed to the application.
   *
   * @param queue the name of the queue
   * @param deliveryCount 1 for the first delivery of the message, 2 for the second, and so on
   * @param ageMillis the time since the message was first put into the queue
   */
  void recordMessageReceived(String queue, int deliveryCount, long ageMillis);

  /** Records one message that was processed. */
  void recordMessageAck(String queue);

  /** Records one message that was given back to the queue. */
  void recordMessageNack(String queue);

  /** Records one message whose time to live ran out. */
  void recordMessageExpired(String queue);

  /**
   * Records one message that was moved to a dead-letter queue; its acknowledgement in the first
   * queue is then not recorded as well.
   */
  void recordMessageDeadLettered(String queue);

  /**
   * Records how many messages wait at this moment.
   *
   * @param depth a negative number is dropped: some clients mean "not known" by it
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
   * Has all figures begin again, also those that the agent measured and those of other callers.
   * Exporters that count from their last export do not get what was recorded since then.
   */
  void reset();

  /**
   * Returns a snapshot and has all figures begin again. Each call is in the snapshot or in later
   * ones, and never in both.
   *
   * @return {@link #NOTHING} without the agent; never {@code null}
   */
  String snapshotAndReset();
}
