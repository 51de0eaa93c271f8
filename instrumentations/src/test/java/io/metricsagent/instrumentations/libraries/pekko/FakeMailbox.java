package io.metricsagent.instrumentations.libraries.pekko;

/**
 * The mailbox of an actor, and the actor itself as far as the stash asks.
 *
 * @param actor the cell; {@code null} in the mailbox of dead letters
 */
public record FakeMailbox(FakeCell actor, boolean isClosed, int numberOfMessages) {
  FakeMailbox(FakeCell actor) {
    this(actor, false, 0);
  }

  /** Returns the cell. */
  public FakeCell context() {
    return actor;
  }
}
