package io.metricsagent.instrumentations.results;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletionStage;

/**
 * Tells which results of one rule's methods are stages, which are complete later. Thread-safe.
 *
 * <p>Until JDK 23, the JVM searches all interfaces of an object that does not implement the one
 * asked for, each time. So the first class that is no stage is remembered: most methods return
 * objects of one class.
 */
public final class Stages {
  private static final WeakReference<Class<?>> NONE = new WeakReference<>(null);

  /** A class that is no stage; weak, because the application may unload it. */
  private volatile WeakReference<Class<?>> other = NONE;

  /** Returns whether a result is a {@link CompletionStage}; false for {@code null}. */
  public boolean has(Object result) {
    return result != null && !other.refersTo(result.getClass()) && search(result);
  }

  private boolean search(Object result) {
    if (result instanceof CompletionStage) {
      return true;
    }
    if (other.refersTo(null)) {
      other = new WeakReference<>(result.getClass());
    }
    return false;
  }
}
