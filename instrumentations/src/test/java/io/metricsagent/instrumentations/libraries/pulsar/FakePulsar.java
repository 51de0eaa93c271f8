package io.metricsagent.instrumentations.libraries.pulsar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects of the client as the handlers see them. */
public final class FakePulsar {
  private FakePulsar() {}

  /** The client's ways to acknowledge. */
  public enum AckType {
    Individual,
    Cumulative
  }

  /** The client's kinds of subscriptions. */
  public enum SubscriptionType {
    Exclusive,
    Failover,
    Shared,
    Key_Shared
  }

  /** A message's place. */
  public record Id(long getLedgerId, long getEntryId, int getBatchIndex) {}

  /** A message of a topic; of an outer consumer if {@code getTopicPartitionName} is not null. */
  public record Message(
      String getTopicName,
      String getTopicPartitionName,
      Id getMessageId,
      int getRedeliveryCount,
      long getPublishTime,
      Optional<Long> getBrokerPublishTime) {}

  /** The settings of a consumer. */
  public record Settings(SubscriptionType getSubscriptionType, Object getMessageListener) {}

  /** A consumer. */
  public static class Consumer {
    private final String topic;
    final Map<Object, List<Object>> possible = new HashMap<>();

    Consumer(String topic) {
      this.topic = topic;
    }

    public String getTopic() {
      return topic;
    }

    public boolean isConnected() {
      return false;
    }

    public Map<Object, List<Object>> getPossibleSendToDeadLetterTopicMessages() {
      return possible;
    }
  }
}
