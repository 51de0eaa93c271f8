package io.metricsagent.instrumentations.libraries.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the client that the agent calls. */
public final class FakeKafka {
  private FakeKafka() {}

  /** As Kafka's. */
  public record TopicPartition(String topic, int partition) {}

  /** As Kafka's. */
  public record OffsetAndMetadata(long offset) {}

  /** As Kafka's. */
  public enum TimestampType {
    /** The producer's clock. */
    CREATE_TIME,
    /** The broker's clock. */
    LOG_APPEND_TIME
  }

  /** As Kafka's. */
  public enum AcknowledgeType {
    /** Processed. */
    ACCEPT,
    /** Given back. */
    RELEASE,
    /** Refused for good. */
    REJECT,
    /** Kept for longer. */
    RENEW
  }

  /** As Kafka's. */
  public record ConsumerRecord(
      String topic,
      int partition,
      long offset,
      long timestamp,
      TimestampType timestampType,
      Optional<Short> deliveryCount) {
    /** Makes a record that a test reads by its offset. */
    public ConsumerRecord(
        long offset, long timestamp, TimestampType timestampType, Optional<Short> deliveryCount) {
      this("orders", 0, offset, timestamp, timestampType, deliveryCount);
    }
  }

  /** As Kafka's. */
  public static class ConsumerRecords {
    private final Map<TopicPartition, List<ConsumerRecord>> records = new LinkedHashMap<>();

    /** Adds records with these offsets. */
    public ConsumerRecords with(String topic, int partition, long timestamp, long... offsets) {
      List<ConsumerRecord> list = new ArrayList<>();
      for (long offset : offsets) {
        list.add(
            new ConsumerRecord(
                topic, partition, offset, timestamp, TimestampType.CREATE_TIME, Optional.empty()));
      }
      return with(topic, partition, list);
    }

    /** Adds records. */
    public ConsumerRecords with(String topic, int partition, List<ConsumerRecord> list) {
      records.put(new TopicPartition(topic, partition), list);
      return this;
    }

    /** Returns the partitions. */
    public Set<TopicPartition> partitions() {
      return records.keySet();
    }

    /** Returns the records of a partition. */
    public List<ConsumerRecord> records(TopicPartition partition) {
      return records.get(partition);
    }

    /** Returns the records of a topic; not used. */
    public Iterable<ConsumerRecord> records(String topic) {
      throw new IllegalStateException(topic);
    }
  }

  /** As Kafka's. */
  public record MetricName(String name, Map<String, String> tags) {}

  /** As Kafka's. */
  public record Metric(Object metricValue) {}

  /** As Kafka's. */
  public record ConsumerGroupMetadata(String groupId) {}

  /** As Kafka's. */
  public static final class Consumer {
    private final Map<MetricName, Metric> metrics = new LinkedHashMap<>();
    private Set<TopicPartition> assignment = Set.of();

    /** Sets the partitions. */
    public void assign(TopicPartition... partitions) {
      assignment = Set.of(partitions);
    }

    /** Sets a metric. */
    public void lag(String topic, String partition, Object lag) {
      metrics.put(
          new MetricName("records-lag", Map.of("topic", topic, "partition", partition)),
          new Metric(lag));
      metrics.put(
          new MetricName("records-lag-max", Map.of("topic", topic, "partition", partition)),
          new Metric(1e6));
    }

    /** Returns the partitions. */
    public Set<TopicPartition> assignment() {
      return assignment;
    }

    /** Returns the group. */
    public ConsumerGroupMetadata groupMetadata() {
      return new ConsumerGroupMetadata("group");
    }

    /** Returns the metrics. */
    public Map<MetricName, Metric> metrics() {
      return metrics;
    }
  }

  /** As Kafka's consumer, which throws if it is asked for its group and has none. */
  public static final class GroupMember {
    private final String group;

    /** Makes a consumer; {@code null} for no group. */
    public GroupMember(String group) {
      this.group = group;
    }

    /** Returns the group. */
    public ConsumerGroupMetadata groupMetadata() {
      if (group == null) {
        throw new IllegalStateException("no group");
      }
      return new ConsumerGroupMetadata(group);
    }
  }

  /** As Kafka's. */
  public record Acknowledgements(Map<Long, AcknowledgeType> getAcknowledgementsTypeMap) {}

  /** As Kafka's. */
  public record NodeAcknowledgements(Acknowledgements acknowledgements) {}
}
