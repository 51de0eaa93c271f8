package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.targets.Privileges;
import io.metricsagent.instrumentations.access.Accessor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Reads {@code ConsumerRecords} and {@code ConsumerRecord}: offsets, time stamps and delivery
 * counts, never keys, values or headers. Stateless.
 */
final class Records {
  static final Accessor TOPIC = Accessor.path("topic()");
  static final Accessor PARTITION = Accessor.path("partition()");
  static final Accessor OFFSET = Accessor.path("offset()");
  static final Accessor TIMESTAMP = Accessor.path("timestamp()");

  private static final Accessor TIMESTAMP_TYPE = Accessor.path("timestampType()");
  private static final Accessor DELIVERY_COUNT = Accessor.path("deliveryCount()");
  private static final Accessor PARTITIONS = Accessor.path("partitions()");

  private static final MethodType LIST_OF =
      MethodType.methodType(Object.class, Object.class, Object.class);

  /** {@code records(TopicPartition)}; {@code null} for another class. */
  private static final ClassValue<MethodHandle> LISTS =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return Privileges.areAsked() ? Privileges.with(() -> find(type)) : find(type);
        }
      };

  private Records() {}

  /** Looks the method up in public classes only, since an interceptor may return its own class. */
  private static MethodHandle find(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (Modifier.isPublic(c.getModifiers())) {
        MethodHandle found = declaredOrInherited(c);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static MethodHandle declaredOrInherited(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals("records")
          && method.getReturnType() == List.class
          && method.getParameterCount() == 1) {
        try {
          return MethodHandles.publicLookup().unreflect(method).asType(LIST_OF);
        } catch (IllegalAccessException e) {
          return null;
        }
      }
    }
    return null;
  }

  /** Returns the partitions that records came from. */
  static Set<?> partitions(Object records) {
    return PARTITIONS.read(records) instanceof Set<?> partitions ? partitions : Set.of();
  }

  /** Returns the records of one partition, in the order of their offsets. */
  static List<?> of(Object records, Object partition) {
    MethodHandle list = LISTS.get(records.getClass());
    if (list == null) {
      return List.of();
    }
    try {
      return (List<?>) (Object) list.invokeExact(records, partition);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      return List.of();
    }
  }

  /** Returns whether the broker's clock set the time stamp of a record. */
  static boolean isStampedByBroker(Object record) {
    return TIMESTAMP_TYPE.read(record) instanceof Enum<?> type
        && type.name().equals("LOG_APPEND_TIME");
  }

  /** Returns whose clock set the time stamp of a record. */
  static AgeSource clock(Object record) {
    return isStampedByBroker(record) ? AgeSource.BROKER_CLOCK : AgeSource.PRODUCER_CLOCK;
  }

  /** Returns 1 for the first delivery; only share groups know it. */
  static long deliveryCount(Object record) {
    long count = DELIVERY_COUNT.readLong(record);
    return count < 1 ? MailboxMetrics.UNKNOWN : count;
  }

  /**
   * Records the ages of the messages of one partition, which are at least one. Neighbours with the
   * same time stamp are recorded together.
   */
  static void recordAges(
      MailboxMetrics mailbox, List<?> records, ToLongFunction<Object> timestamps) {
    AgeSource source = clock(records.get(0));
    long now = System.currentTimeMillis();
    // One call of the list for all records: a call for each would cost more than all else here.
    Object[] all = records.toArray();
    int begin = 0;
    long sent = timestamps.applyAsLong(all[0]);
    for (int i = 1; i < all.length; i++) {
      long next = timestamps.applyAsLong(all[i]);
      if (next != sent) {
        mailbox.recordDelivered(i - begin, MailboxMetrics.UNKNOWN, sent, now, source);
        sent = next;
        begin = i;
      }
    }
    mailbox.recordDelivered(all.length - begin, MailboxMetrics.UNKNOWN, sent, now, source);
  }
}
