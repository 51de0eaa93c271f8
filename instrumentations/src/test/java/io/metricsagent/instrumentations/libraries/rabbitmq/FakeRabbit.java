package io.metricsagent.instrumentations.libraries.rabbitmq;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** The part of the client, and of Spring AMQP, that the agent calls. */
public final class FakeRabbit {
  private FakeRabbit() {}

  /** The methods of AMQP, nested as in the client. */
  public static final class AMQImpl {
    private AMQImpl() {}

    /** As {@code AMQP.Basic}. */
    public static final class Basic {
      private Basic() {}

      /** Settles as processed. */
      public record Ack(long getDeliveryTag, boolean getMultiple) {}

      /** Gives back or refuses. */
      public record Nack(long getDeliveryTag, boolean getMultiple, boolean getRequeue) {}

      /** Gives one back or refuses it. */
      public record Reject(long getDeliveryTag, boolean getRequeue) {}

      /** Gives all back. */
      public record Recover(boolean getRequeue) {}

      /** Asks for a message. */
      public record Get(String getQueue, boolean getNoAck) {}

      /** A message. */
      public record GetOk(long getDeliveryTag, boolean getRedelivered, int getMessageCount) {}

      /** No message. */
      public record GetEmpty() {}

      /** Sends a message. */
      public record Publish() {}
    }

    /** As {@code AMQP.Tx}. */
    public static final class Tx {
      private Tx() {}

      /** Begins to use transactions. */
      public record Select() {}

      /** Commits. */
      public record Commit() {}

      /** Rolls back. */
      public record Rollback() {}
    }
  }

  /** An answer of the broker. */
  public record Command(Object getMethod, Object getContentHeader) {}

  /** Properties of a message. */
  public record Properties(Map<String, Object> getHeaders, Date getTimestamp) {
    static final Properties NONE = new Properties(null, null);

    static Properties with(Map<String, Object> headers) {
      return new Properties(headers, null);
    }

    static Properties at(long millis) {
      return new Properties(null, new Date(millis));
    }
  }

  /** A text as the client gives it in headers. */
  public record LongString(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** What a delivery says beside its message. */
  public record Envelope(long getDeliveryTag, boolean isRedeliver) {}

  /** A channel of a connection that does not recover. */
  public static final class Channel {}

  /** A channel in place of another one. */
  public record RecoveredChannel(long getActiveDeliveryTagOffset) {}

  /** As {@code com.rabbitmq.client.Consumer}. */
  public interface Consumer {
    /** Gets a message. */
    void handleDelivery(String consumerTag, Object envelope, Object properties, byte[] body);

    /** Is told of its end. */
    void handleCancel(String consumerTag);
  }

  /** A consumer that keeps what it gets. */
  public static final class Inbox implements Consumer {
    final List<Object> envelopes = new ArrayList<>();

    @Override
    public void handleDelivery(
        String consumerTag, Object envelope, Object properties, byte[] body) {
      envelopes.add(envelope);
    }

    @Override
    public void handleCancel(String consumerTag) {
      envelopes.clear();
    }
  }

  /** Spring's object that has a channel: a consumer or a container. */
  public record OfSpring(Object getChannel) {}

  /** A message in a container's own queue. */
  public record Delivery(
      String getConsumerTag, Object getEnvelope, Object getProperties, String getQueue) {}

  /** Spring's properties of a message. */
  public record MessageProperties(String getConsumerTag, long getDeliveryTag) {}

  /** Spring's message. */
  public record Message(MessageProperties getMessageProperties) {}
}
