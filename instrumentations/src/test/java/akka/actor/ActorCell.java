package akka.actor;

import io.metricsagent.instrumentations.libraries.pekko.FakeCell;

/** The cell of an actor of Akka. */
public final class ActorCell extends FakeCell {
  /** Makes a cell of an actor of a class. */
  public ActorCell(Class<?> actorClass) {
    super(actorClass, "/user/a");
  }
}
