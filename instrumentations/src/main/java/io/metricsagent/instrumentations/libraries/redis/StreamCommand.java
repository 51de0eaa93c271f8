package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.instrumentations.mailboxes.Operation;

/** The commands that deliver or settle messages of a group of consumers. */
enum StreamCommand {
  /** Reads new messages, or those again that this consumer has not acknowledged. */
  XREADGROUP,
  /** Takes messages over that another consumer has not acknowledged. */
  XCLAIM,
  /** The same, of whichever messages there are. */
  XAUTOCLAIM,
  /** Acknowledges. */
  XACK,
  /** Acknowledges and deletes. */
  XACKDEL;

  /** Returns what the command is to the application. */
  Operation operation() {
    return this == XACK || this == XACKDEL ? Operation.SETTLE : Operation.RECEIVE;
  }

  /**
   * Returns which command a client's own object names, or {@code null}. Called for each command of
   * the application, of which nearly all end at the first letter.
   */
  static StreamCommand of(Object keyword) {
    if (!(keyword instanceof Enum<?> named) || named.name().charAt(0) != 'X') {
      return null;
    }
    return switch (named.name()) {
      case "XREADGROUP" -> XREADGROUP;
      case "XCLAIM" -> XCLAIM;
      case "XAUTOCLAIM" -> XAUTOCLAIM;
      case "XACK" -> XACK;
      case "XACKDEL" -> XACKDEL;
      default -> null;
    };
  }
}
