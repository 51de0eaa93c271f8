package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.access.Accessor;

/** The methods of AMQP, as the client's own objects, that tell what happens to messages. */
enum AmqpMethod {
  /** {@code basic.ack}. */
  ACK("Basic$Ack"),
  /** {@code basic.nack}. */
  NACK("Basic$Nack"),
  /** {@code basic.reject}. */
  REJECT("Basic$Reject"),
  /** {@code basic.recover}, which gives back all messages of the channel. */
  RECOVER("Basic$Recover"),
  /** {@code basic.get}, and its two answers. */
  GET("Basic$Get"),
  GET_OK("Basic$GetOk"),
  GET_EMPTY("Basic$GetEmpty"),
  /** {@code tx.select}, which makes the channel one with transactions. */
  SELECT("Tx$Select"),
  /** {@code tx.commit}. */
  COMMIT("Tx$Commit"),
  /** {@code tx.rollback}. */
  ROLLBACK("Tx$Rollback"),
  /** Any other method. */
  OTHER("");

  /** The class that the client's objects are nested in. */
  private static final String CLASSES = "AMQImpl$";

  private static final AmqpMethod[] ALL = values();

  private static final Accessor TAG = Accessor.path("getDeliveryTag()");
  private static final Accessor MULTIPLE = Accessor.path("getMultiple()");
  private static final Accessor REQUEUE = Accessor.path("getRequeue()");
  private static final Accessor QUEUE = Accessor.path("getQueue()");
  private static final Accessor NO_ACK = Accessor.path("getNoAck()");
  private static final Accessor REDELIVERED = Accessor.path("getRedelivered()");
  private static final Accessor MESSAGES = Accessor.path("getMessageCount()");

  private static final ClassValue<AmqpMethod> OF =
      new ClassValue<>() {
        @Override
        protected AmqpMethod computeValue(Class<?> type) {
          String name = type.getName();
          for (AmqpMethod method : ALL) {
            if (method != OTHER && name.endsWith(CLASSES.concat(method.className))) {
              return method;
            }
          }
          return OTHER;
        }
      };

  private final String className;

  AmqpMethod(String className) {
    this.className = className;
  }

  /** Returns what an object of the client is; {@code null} is another method, too. */
  static AmqpMethod of(Object method) {
    return method == null ? OTHER : OF.get(method.getClass());
  }

  /** Returns whether the method settles messages. */
  boolean settles() {
    return this == ACK || this == NACK || this == REJECT;
  }

  static long tag(Object method) {
    return TAG.readLong(method);
  }

  /**
   * Returns whether a settlement is of all messages up to its tag; a rejection has no such flag.
   */
  static boolean isMultiple(Object method) {
    return Boolean.TRUE.equals(MULTIPLE.read(method));
  }

  static boolean requeues(Object method) {
    return Boolean.TRUE.equals(REQUEUE.read(method));
  }

  static String queue(Object method) {
    return QUEUE.readString(method);
  }

  /** Returns whether messages count as acknowledged when they are delivered. */
  static boolean isWithoutAck(Object method) {
    return Boolean.TRUE.equals(NO_ACK.read(method));
  }

  static boolean isRedelivered(Object method) {
    return Boolean.TRUE.equals(REDELIVERED.read(method));
  }

  /** Returns how many messages are left in the queue, or -1. */
  static long messagesLeft(Object method) {
    return MESSAGES.readLong(method);
  }
}
