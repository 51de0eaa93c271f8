package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What SQS itself knows of a message, and tells only if the request names it. The agent adds three
 * names to requests, and takes what the application did not ask for out of the messages again.
 * Stateless.
 */
final class SystemAttributes {
  private static final String SENT = "SentTimestamp";
  private static final String DELIVERIES = "ApproximateReceiveCount";
  private static final String DEAD_LETTER_SOURCE = "DeadLetterQueueSourceArn";
  private static final String[] WANTED = {SENT, DELIVERIES, DEAD_LETTER_SOURCE};
  private static final String ALL = "All";

  private static final Accessor ATTRIBUTES = Accessor.path("attributesAsStrings()");
  private static final Accessor MESSAGES = Accessor.path("messages()");

  /** The newer one of two lists of names; the older one is in all versions. */
  private static final Accessor NEWER_NAMES =
      Accessor.path("messageSystemAttributeNamesAsStrings()");

  private static final Accessor NAMES = Accessor.path("attributeNamesAsStrings()");

  private static final CopyWith WITH_NEWER_NAMES =
      new CopyWith("messageSystemAttributeNamesWithStrings", Collection.class);
  private static final CopyWith WITH_NAMES =
      new CopyWith("attributeNamesWithStrings", Collection.class);
  private static final CopyWith WITH_ATTRIBUTES = new CopyWith("attributesWithStrings", Map.class);
  private static final CopyWith WITH_MESSAGES = new CopyWith("messages", Collection.class);

  private SystemAttributes() {}

  /** Returns the attributes of a message, which may be empty. */
  static Map<?, ?> of(Object message) {
    return ATTRIBUTES.read(message) instanceof Map<?, ?> attributes ? attributes : Map.of();
  }

  /** Returns when a message was sent, in milliseconds of the epoch by SQS's clock, or -1. */
  static long sentMillis(Map<?, ?> attributes) {
    return number(attributes, SENT);
  }

  /** Returns 1 for a first delivery, or {@link MailboxMetrics#UNKNOWN}. */
  static long deliveryCount(Map<?, ?> attributes) {
    long count = number(attributes, DELIVERIES);
    return count > 0 ? count : MailboxMetrics.UNKNOWN;
  }

  /** Returns the ARN of the queue in which the message became a dead letter, or {@code null}. */
  static String deadLetterSource(Map<?, ?> attributes) {
    return attributes.get(DEAD_LETTER_SOURCE) instanceof String arn ? arn : null;
  }

  /** Returns a number that is not negative, or -1. */
  static long number(Map<?, ?> attributes, String name) {
    if (!(attributes.get(name) instanceof String text) || text.isEmpty() || text.length() > 18) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** Returns the messages of a response, which may be none. */
  static List<?> messages(Object response) {
    return MESSAGES.read(response) instanceof List<?> messages ? messages : List.of();
  }

  /** Returns the names that must be added to a request; none if it asks for all attributes. */
  static List<String> missingIn(Object request) {
    List<?> newer = names(NEWER_NAMES, request);
    List<?> older = names(NAMES, request);
    if (newer.contains(ALL) || older.contains(ALL)) {
      return List.of();
    }
    List<String> missing = new ArrayList<>(WANTED.length);
    for (String name : WANTED) {
      if (!newer.contains(name) && !older.contains(name)) {
        missing.add(name);
      }
    }
    return missing;
  }

  private static List<?> names(Accessor accessor, Object request) {
    return accessor.read(request) instanceof List<?> names ? names : List.of();
  }

  /**
   * Returns a copy of a request that names more attributes, in the list that the application uses,
   * or {@code null} if it cannot be made.
   */
  static Object asking(Object request, List<String> more) {
    List<?> newer = names(NEWER_NAMES, request);
    return newer.isEmpty()
        ? WITH_NAMES.copy(request, joined(names(NAMES, request), more))
        : WITH_NEWER_NAMES.copy(request, joined(newer, more));
  }

  private static List<Object> joined(List<?> some, List<String> more) {
    List<Object> all = new ArrayList<>(some.size() + more.size());
    all.addAll(some);
    all.addAll(more);
    return all;
  }

  /**
   * Returns a copy of a response whose messages lack attributes, equal to the response that SQS
   * would have given to a request without their names. A message that has none of them stays the
   * same object.
   */
  static Object without(Object response, List<?> messages, List<String> names) {
    List<Object> kept = new ArrayList<>(messages.size());
    boolean changed = false;
    for (Object message : messages) {
      Object same = without(message, names);
      changed |= same != message;
      kept.add(same);
    }
    Object copy = changed ? WITH_MESSAGES.copy(response, kept) : null;
    return copy == null ? response : copy;
  }

  private static Object without(Object message, List<String> names) {
    Map<?, ?> attributes = of(message);
    Map<Object, Object> kept = null;
    int left = attributes.size();
    for (String name : names) {
      left -= attributes.containsKey(name) ? 1 : 0;
    }
    if (left == attributes.size()) {
      return message;
    }
    if (left > 0) {
      kept = new LinkedHashMap<>(attributes);
      kept.keySet().removeAll(names);
    }
    Object copy = WITH_ATTRIBUTES.copy(message, kept); // null: as of a message without attributes
    return copy == null ? message : copy;
  }
}
