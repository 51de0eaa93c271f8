package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Reads the headers of JMS messages, never their bodies. Stateless. */
final class JmsMessages {
  private static final Accessor TIMESTAMP = Accessor.path("getJMSTimestamp()");
  private static final Accessor DELIVERY_TIME = Accessor.path("getJMSDeliveryTime()");
  private static final Accessor DESTINATION = Accessor.path("getJMSDestination()");
  private static final Accessor QUEUE_NAME = Accessor.path("getQueueName()");
  private static final Accessor TOPIC_NAME = Accessor.path("getTopicName()");

  static final String ARTEMIS = "artemis";

  /** Providers (OpenTelemetry's {@code messaging.system}) by the package of their messages. */
  private static final String[][] SYSTEMS = {
    {"org.apache.activemq.artemis.", ARTEMIS},
    {"org.apache.activemq.", "activemq"},
    {"com.rabbitmq.jms.", "rabbitmq"},
    {"com.amazon.sqs.", "aws_sqs"},
    {"com.ibm.", "ibmmq"},
    {"com.solacesystems.", "solace"},
    {"oracle.jms.", "oracle_aq"},
  };

  private static final ClassValue<String> SYSTEM =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          for (String[] system : SYSTEMS) {
            if (type.getName().startsWith(system[0])) {
              return system[1];
            }
          }
          return "jms";
        }
      };

  /**
   * {@code getIntProperty} of the interface {@code Message}; {@code null} for an object that is not
   * a JMS message.
   */
  private static final ClassValue<MethodHandle> INT_PROPERTY =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return findIntProperty(type);
        }
      };

  private JmsMessages() {}

  private static MethodHandle findIntProperty(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        if (i.getName().equals("jakarta.jms.Message") || i.getName().equals("javax.jms.Message")) {
          try {
            return MethodHandles.publicLookup()
                .findVirtual(i, "getIntProperty", MethodType.methodType(int.class, String.class))
                .asType(MethodType.methodType(int.class, Object.class, String.class));
          } catch (ReflectiveOperationException e) {
            return null;
          }
        }
        MethodHandle found = findIntProperty(i);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  static String system(Object message) {
    return SYSTEM.get(message.getClass());
  }

  /**
   * Returns the name of the queue or topic; {@code null} if it is unknown. Temporary ones share one
   * name.
   */
  static String queue(Object message) {
    return queueName(DESTINATION.read(message));
  }

  static String queueName(Object destination) {
    if (destination == null) {
      return null;
    }
    if (destination.getClass().getSimpleName().contains("Temp")) {
      return Mailboxes.TEMPORARY;
    }
    String name = QUEUE_NAME.readString(destination);
    return name == null ? TOPIC_NAME.readString(destination) : name;
  }

  /**
   * Returns {@code JMSXDeliveryCount}, 1 for the first delivery, or {@link MailboxMetrics#UNKNOWN}.
   */
  static long deliveryCount(Object message) {
    MethodHandle getter = INT_PROPERTY.get(message.getClass());
    if (getter == null) {
      return MailboxMetrics.UNKNOWN;
    }
    try {
      int count = (int) getter.invokeExact(message, "JMSXDeliveryCount");
      return count < 1 ? MailboxMetrics.UNKNOWN : count;
    } catch (Throwable e) {
      return MailboxMetrics.UNKNOWN; // a provider without the property
    }
  }

  /**
   * Returns when the message was sent or, for a delayed delivery, since when it can be delivered:
   * milliseconds of the epoch by the producer's clock, which sets both headers. 0 or less for a
   * message without a time stamp.
   */
  static long sentMillis(Object message) {
    return Math.max(TIMESTAMP.readLong(message), DELIVERY_TIME.readLong(message));
  }
}
