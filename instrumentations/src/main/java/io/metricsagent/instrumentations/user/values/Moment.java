package io.metricsagent.instrumentations.user.values;

/** When a value is read, which says what the four arguments of {@link Value} are. */
public enum Moment {
  /** The method begins: the receiver, and what woven code passes of the arguments. */
  BEGIN,

  /** The call has ended: the receiver, the arguments that were kept, the result, the exception. */
  END,

  /**
   * A message was received: the receiver, the arguments that were kept, the result, the message.
   */
  MESSAGE
}
