package io.metricsagent.instrumentations.libraries.pekko;

/** The cell of an actor, which is also its props, reference and path: only what handlers read. */
public class FakeCell {
  private final Class<?> actorClass;
  private final String path;

  /** Makes a cell of an actor. */
  public FakeCell(Class<?> actorClass, String path) {
    this.actorClass = actorClass;
    this.path = path;
  }

  public final FakeCell props() {
    return this;
  }

  public final Class<?> actorClass() {
    return actorClass;
  }

  public final FakeCell self() {
    return this;
  }

  public final FakeCell path() {
    return this;
  }

  public final String toStringWithoutAddress() {
    return path;
  }
}
