package io.metricsagent.instrumentations.libraries.pulsar;

/** What the name of a topic says. Stateless. */
final class Topics {
  private static final String PARTITION = "-partition-";
  private static final String DELIVERED_ONCE = "non-persistent://";

  private Topics() {}

  /**
   * Returns the name of the topic that a partition belongs to, or {@code topic}, if that is no
   * partition.
   */
  static String withoutPartition(String topic) {
    int at = topic == null ? -1 : topic.lastIndexOf(PARTITION);
    if (at < 0 || at + PARTITION.length() == topic.length()) {
      return topic;
    }
    for (int i = at + PARTITION.length(); i < topic.length(); i++) {
      if (topic.charAt(i) < '0' || topic.charAt(i) > '9') {
        return topic;
      }
    }
    return topic.substring(0, at);
  }

  /**
   * Returns whether the topic is not persistent: then a message is delivered once at most, and the
   * client sends no acknowledgement.
   */
  static boolean isDeliveredOnce(String topic) {
    return topic != null && topic.startsWith(DELIVERED_ONCE);
  }
}
