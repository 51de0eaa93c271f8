package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.access.Accessor;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads how far a consumer is behind the end of its topics from the metrics that the consumer keeps
 * for itself. Any thread may read them, and nothing is asked of the broker. A value changes only
 * when the consumer fetches, so it stands still while the application does not poll. Stateless.
 *
 * <p>Up to 3.x, the client writes {@code a_b} for the topic {@code a.b}; 4.x has both series. So
 * the names are compared with those of topics whose messages were delivered, and of two series for
 * one partition the one with the exact name counts.
 */
final class LagMetrics {
  private static final Accessor METRICS = Accessor.path("metrics()");
  private static final Accessor NAME = Accessor.path("name()");
  private static final Accessor TAGS = Accessor.path("tags()");
  private static final Accessor VALUE = Accessor.path("metricValue()");
  private static final String LAG = "records-lag";

  private LagMetrics() {}

  /**
   * Returns the messages that wait, by topic, summed over those partitions that the consumer has
   * messages of; a topic for which no value is known is not in the result.
   */
  static Map<TopicState, Long> of(Object consumer, Map<String, TopicState> topics) {
    Map<String, TopicState> replaced = withoutDots(topics);
    Map<TopicState, Map<Integer, Long>> exact = new HashMap<>();
    Map<TopicState, Map<Integer, Long>> mangled = new HashMap<>();
    if (METRICS.read(consumer) instanceof Map<?, ?> metrics) {
      for (Map.Entry<?, ?> metric : metrics.entrySet()) {
        if (LAG.equals(NAME.read(metric.getKey()))
            && TAGS.read(metric.getKey()) instanceof Map<?, ?> tags
            && tags.get("topic") instanceof String topic
            && tags.get("partition") instanceof String partition) {
          add(topic, partition, metric.getValue(), topics, replaced, exact, mangled);
        }
      }
    }
    mangled.forEach((topic, lags) -> lags.forEach(lagsOf(exact, topic)::putIfAbsent));
    Map<TopicState, Long> sums = new HashMap<>();
    exact.forEach(
        (topic, lags) -> sums.put(topic, lags.values().stream().mapToLong(Long::longValue).sum()));
    return sums;
  }

  private static void add(
      String topic,
      String partition,
      Object metric,
      Map<String, TopicState> topics,
      Map<String, TopicState> replaced,
      Map<TopicState, Map<Integer, Long>> exact,
      Map<TopicState, Map<Integer, Long>> mangled) {
    int number = number(partition);
    TopicState named = topics.get(topic);
    TopicState state = named == null ? replaced.get(topic) : named;
    if (state == null
        || state.partition(number) == null
        || !(VALUE.read(metric) instanceof Double lag)
        || lag.isNaN()
        || lag < 0) {
      return;
    }
    lagsOf(named == null ? mangled : exact, state).put(number, lag.longValue());
  }

  private static Map<Integer, Long> lagsOf(
      Map<TopicState, Map<Integer, Long>> lags, TopicState topic) {
    return lags.computeIfAbsent(topic, unused -> new HashMap<>());
  }

  private static int number(String partition) {
    try {
      return Integer.parseInt(partition);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Returns the topics by their names without dots, where such a name stands for one topic only.
   */
  private static Map<String, TopicState> withoutDots(Map<String, TopicState> topics) {
    Map<String, TopicState> found = new HashMap<>();
    for (Map.Entry<String, TopicState> topic : topics.entrySet()) {
      String name = topic.getKey().replace('.', '_');
      found.put(name, found.containsKey(name) ? null : topic.getValue());
    }
    return found;
  }
}
