package io.metricsagent.instrumentations.libraries.nats;

/** How messages of a consumer are acknowledged. */
enum AckPolicy {
  /** Not at all: a message is settled when it is delivered. */
  NONE,
  /** An acknowledgement settles all messages up to its own. */
  ALL,
  /** Each message is acknowledged; also assumed where the client was not told. */
  EXPLICIT;

  /** Returns the policy for the client's own object. */
  static AckPolicy of(Object policy) {
    if (policy instanceof Enum<?> named) {
      return switch (named.name()) {
        case "None" -> NONE;
        case "All" -> ALL;
        default -> EXPLICIT;
      };
    }
    return EXPLICIT;
  }
}
