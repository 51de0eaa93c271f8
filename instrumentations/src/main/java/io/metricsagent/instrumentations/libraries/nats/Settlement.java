package io.metricsagent.instrumentations.libraries.nats;

/** What the application said about a message last. */
enum Settlement {
  /** Nothing yet, or that it asks for more messages. */
  NONE,
  /** It is still working on the message. */
  IN_PROGRESS,
  /** The message is processed. */
  ACKED,
  /** The message is given back. */
  NACKED,
  /** The message is refused for good. */
  TERMINATED;

  /** Returns the settlement for the client's own object, or for {@code null}. */
  static Settlement of(Object ackType) {
    if (ackType instanceof Enum<?> named) {
      return switch (named.name()) {
        case "AckAck" -> ACKED;
        case "AckNak" -> NACKED;
        case "AckTerm" -> TERMINATED;
        case "AckProgress" -> IN_PROGRESS;
        default -> NONE;
      };
    }
    return NONE;
  }

  /** Returns whether nothing that is said afterwards counts. */
  boolean isFinal() {
    return this != NONE && this != IN_PROGRESS;
  }
}
