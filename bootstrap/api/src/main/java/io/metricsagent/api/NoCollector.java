package io.metricsagent.api;

/** The collector of a JVM without the agent. */
final class NoCollector implements MetricsCollector {
  static final MetricsCollector INSTANCE = new NoCollector();

  private NoCollector() {}

  @Override
  public void recordAdapterCall(AdapterCall call) {}

  @Override
  public void recordToolCall(String tool, long latencyMillis, boolean success, String errorCode) {}

  @Override
  public void recordToolCall(
      String tool, long latencyMillis, boolean success, String errorCode, String experiment) {}

  @Override
  public void recordMessageReceived(String queue, int deliveryCount, long ageMillis) {}

  @Override
  public void recordMessageAck(String queue) {}

  @Override
  public void recordMessageNack(String queue) {}

  @Override
  public void recordMessageExpired(String queue) {}

  @Override
  public void recordMessageDeadLettered(String queue) {}

  @Override
  public void recordQueueDepth(String queue, long depth) {}

  @Override
  public String snapshot() {
    return NOTHING;
  }

  @Override
  public void reset() {}

  @Override
  public String snapshotAndReset() {
    return NOTHING;
  }
}
