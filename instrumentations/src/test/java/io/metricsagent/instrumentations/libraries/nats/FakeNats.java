package io.metricsagent.instrumentations.libraries.nats;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The part of the client that the agent calls. */
public final class FakeNats {
  private FakeNats() {}

  /** As in the client. */
  public enum AckType {
    AckAck,
    AckNak,
    AckProgress,
    AckTerm,
    AckNext
  }

  /** As in the client. */
  public enum AckPolicy {
    None,
    All,
    Explicit
  }

  /** As in the client. */
  public enum ManageResult {
    MESSAGE,
    STATUS_HANDLED
  }

  /** A connection, which is also its options. */
  public static final class Connection {
    private final List<URI> servers = new ArrayList<>();

    public Connection(String... addresses) {
      for (String address : addresses) {
        servers.add(URI.create(address));
      }
    }

    public Connection getOptions() {
      return this;
    }

    public List<URI> getServers() {
      return servers;
    }
  }

  /** A message with the subject that it is acknowledged with, or another one. */
  public static final class Message {
    private final String replyTo;
    private final Connection connection;
    private AckType lastAck;

    public Message(String replyTo) {
      this(replyTo, null);
    }

    public Message(String replyTo, Connection connection) {
      this.replyTo = replyTo;
      this.connection = connection;
    }

    public Connection getConnection() {
      return connection;
    }

    public String getReplyTo() {
      return replyTo;
    }

    public AckType lastAck() {
      return lastAck;
    }

    void setLastAck(AckType type) {
      lastAck = type;
    }
  }

  /** A subscription of NATS itself, named as the client's class. */
  public static final class NatsSubscription {
    private final String subject;

    public NatsSubscription(String subject) {
      this.subject = subject;
    }

    public String getSubject() {
      return subject;
    }
  }

  /** A subscription of JetStream. */
  public static final class NatsJetStreamSubscription {
    public String getSubject() {
      return "deliver.to";
    }
  }

  /** As in the client. */
  public record ConsumerInfo(
      String stream, String consumer, String durable, AckPolicy policy, Duration ackWait) {
    public String getStreamName() {
      return stream;
    }

    public String getName() {
      return consumer;
    }

    public ConsumerInfo getConsumerConfiguration() {
      return this;
    }

    public String getDurable() {
      return durable;
    }

    public AckPolicy getAckPolicy() {
      return policy;
    }

    public Duration getAckWait() {
      return ackWait;
    }
  }
}
