package io.metricsagent.instrumentations.libraries.nats;

/**
 * Reads the subject that a message of JetStream is acknowledged with, without making any object:
 * {@code $JS.ACK.<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<time>},
 * then the number of messages left, which servers before 2.2 leave out. Where servers have domains,
 * two more parts are before the stream, and there may be more at the end. Stateless.
 */
final class AckSubject {
  /** How often the message was delivered; the first number behind the consumer. */
  static final int DELIVERIES = 0;

  /** The number of the message in its stream. */
  static final int SEQUENCE = 1;

  /** When the stream stored the message, in nanoseconds of the epoch. */
  static final int NANOS = 3;

  /** How many messages the consumer had left when this one was sent. */
  static final int PENDING = 4;

  private static final long UNKNOWN = -1;
  private static final String KIND = ".ACK.";
  private static final int DOTS_OF_OLDEST = 7;
  private static final int DOTS_WITH_PENDING = 8;
  private static final int DOTS_WITH_DOMAIN = 10;

  private AckSubject() {}

  /** Returns where {@code <stream>.<consumer>} begins, or -1 if this is another subject. */
  static int queueAt(String subject) {
    int prefix = subject == null ? -1 : subject.indexOf('.');
    if (prefix < 0 || !subject.startsWith(KIND, prefix)) {
      return -1;
    }
    int at = prefix + KIND.length();
    int dots = dots(subject);
    if (dots >= DOTS_WITH_DOMAIN) {
      return after(subject, at, 2);
    }
    return dots == DOTS_OF_OLDEST || dots == DOTS_WITH_PENDING ? at : -1;
  }

  private static int dots(String subject) {
    int dots = 0;
    for (int i = subject.indexOf('.'); i >= 0; i = subject.indexOf('.', i + 1)) {
      dots++;
    }
    return dots;
  }

  /** Returns where the consumer begins. */
  static int consumerAt(String subject, int queueAt) {
    return after(subject, queueAt, 1);
  }

  /** Returns where {@code <stream>.<consumer>} ends. */
  static int queueEnd(String subject, int queueAt) {
    return after(subject, queueAt, 2) - 1;
  }

  /**
   * Returns one of the numbers behind the consumer, or -1 if it is missing or no number.
   *
   * @param queueEnd {@link #queueEnd}
   */
  static long number(String subject, int queueEnd, int which) {
    int at = after(subject, queueEnd + 1, which);
    if (at < 0) {
      return UNKNOWN;
    }
    long number = 0;
    int i = at;
    for (; i < subject.length() && subject.charAt(i) != '.'; i++) {
      int digit = subject.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        return UNKNOWN;
      }
      number = 10 * number + digit;
    }
    return i == at ? UNKNOWN : number;
  }

  /** Returns where the part begins that is {@code parts} parts behind another one, or -1. */
  private static int after(String subject, int from, int parts) {
    int at = from;
    for (int i = 0; i < parts && at >= 0; i++) {
      int dot = subject.indexOf('.', at);
      at = dot < 0 ? -1 : dot + 1;
    }
    return at;
  }
}
