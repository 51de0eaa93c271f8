package io.metricsagent.instrumentations.libraries.jms;

/** The part of a provider that the agent calls. */
public final class FakeJms {
  private FakeJms() {}

  /** As {@code jakarta.jms.MessageListener}. */
  public interface MessageListener {
    /** Gets a message. */
    void onMessage(Object message);
  }

  /** As {@code jakarta.jms.IllegalStateException}, which is no exception of the JDK's name. */
  public static final class IllegalStateException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A queue. */
  public record Queue(String getQueueName) {
    /** Returns the name. */
    public String getQueueName() {
      return getQueueName;
    }
  }

  /** A message in a queue. */
  public static final class Message {
    private final Queue queue;
    private final long sentMillis;

    /** Makes a message without a time stamp; {@code null} is no queue. */
    public Message(String queue) {
      this(queue, 0);
    }

    /** Makes a message with a time stamp. */
    public Message(String queue, long sentMillis) {
      this.queue = queue == null ? null : new Queue(queue);
      this.sentMillis = sentMillis;
    }

    /** Returns when it was sent. */
    public long getJMSTimestamp() {
      return sentMillis;
    }

    /** Returns where it came from. */
    public Queue getJMSDestination() {
      return queue;
    }
  }

  /** A session by its settings. */
  public record Session(boolean getTransacted, int getAcknowledgeMode) {
    /** Settles a message when it is handed over. */
    public static Session automatic() {
      return new Session(false, 1);
    }

    /** Settles what was handed over by {@code commit}. */
    public static Session transacted() {
      return new Session(true, 0);
    }

    /** Settles what was handed over by the {@code acknowledge} of a message. */
    public static Session acknowledging() {
      return new Session(false, 2);
    }

    /** Settles each message by its own {@code acknowledge}. */
    public static Session acknowledgingEach() {
      return new Session(false, 4);
    }
  }

  /** A session whose messages are acknowledged, and which is like no other session. */
  public static final class OpenSession {
    /** Returns that it has no transactions. */
    public boolean getTransacted() {
      return false;
    }

    /** Returns the mode of sessions whose messages the application acknowledges. */
    public int getAcknowledgeMode() {
      return 2;
    }
  }
}
