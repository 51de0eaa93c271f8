package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.events.Run;

/**
 * The runs of objects that a library passes along with its own work: a call on another thread that
 * gets such an object belongs to the object's run. Thread-safe.
 */
public final class RunContexts {
  private static final int MAX_OBJECTS = 10_000;

  private static final WeakMap<Object, Run> RUNS = new WeakMap<>(MAX_OBJECTS);

  private RunContexts() {}

  /** Notes that an object of a library is passed along in a run. */
  public static void put(Object object, Run run) {
    if (object != null && run != null) {
      RUNS.put(object, run);
    }
  }

  /** Returns the run of an object that was noted, or {@code null}. */
  public static Run get(Object object) {
    return object == null || RUNS.isEmpty() ? null : RUNS.get(object);
  }
}
