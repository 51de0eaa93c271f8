package org.apache.pekko.actor;

/**
 * A message that was not delivered.
 *
 * @param recipient whom it was for
 */
public record DeadLetter(Object message, Object recipient) {
  /** Makes one for an actor that is gone. */
  public DeadLetter(Object message) {
    this(message, null);
  }
}
