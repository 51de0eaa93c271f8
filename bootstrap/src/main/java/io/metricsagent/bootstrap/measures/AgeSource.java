package io.metricsagent.bootstrap.measures;

/** The clock that set the time stamp from which the age of a message is computed. */
public enum AgeSource {
  /**
   * The clock of the machine that sent the message. The age is off by the difference between that
   * clock and the receiver's.
   */
  PRODUCER_CLOCK,
  /** The clock of the broker, which is off from the receiver's clock in the same way. */
  BROKER_CLOCK,
  /** A clock of this process, so the age is exact. */
  LOCAL
}
