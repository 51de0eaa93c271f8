package io.metricsagent.bootstrap.targets;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Observes which class loaders have loaded OpenTelemetry's API. The agent uses this API only after
 * the application has used it. Thread-safe; keeps no loader alive.
 */
public final class LoaderSightings {
  /**
   * The prefix of the names below, so that other classes need only one comparison. The names are
   * put together at run time, because the build would write the agent's own names for the packages
   * of OpenTelemetry into a constant.
   */
  private static final String PREFIX = "io/".concat("opentelemetry/");

  /** The interface of spans, with which the agent finds the current span of a thread. */
  private static final String SPAN = PREFIX.concat("api/trace/Span");

  /**
   * The class that holds the storage of contexts. It is loaded when a context is first asked for.
   * From then on the storage is fixed: wrappers that the application adds later have no effect.
   */
  private static final String STORAGE = PREFIX.concat("context/LazyStorage");

  /** Called on the thread that loads a class. */
  public interface Listener {
    /** Called when a loader has loaded the interface of spans, or is about to. */
    void loadsSpans(ClassLoader loader);

    /**
     * Called when a loader has loaded the storage of contexts, or is about to, because contexts are
     * used.
     */
    void usesContexts(ClassLoader loader);
  }

  private record Sighting(boolean ofStorage, WeakReference<ClassLoader> loader) {}

  private final List<Sighting> unheard = new ArrayList<>();
  private Listener listener;

  private LoaderSightings() {}

  /** Returns an observer that has seen no loader yet. */
  public static LoaderSightings ofTracers() {
    return new LoaderSightings();
  }

  /** Called when a loader loads a class; public for tests of listeners. */
  public void loads(String internalName, ClassLoader loader) {
    if (!internalName.startsWith(PREFIX)) {
      return;
    }
    if (internalName.equals(SPAN)) {
      seen(false, loader);
    } else if (internalName.equals(STORAGE)) {
      seen(true, loader);
    }
  }

  private synchronized void seen(boolean ofStorage, ClassLoader loader) {
    if (listener == null) {
      unheard.add(new Sighting(ofStorage, new WeakReference<>(loader)));
    } else {
      tell(ofStorage, loader);
    }
  }

  private void tell(boolean ofStorage, ClassLoader loader) {
    if (ofStorage) {
      listener.usesContexts(loader);
    } else {
      listener.loadsSpans(loader);
    }
  }

  /**
   * Sets the listener, and calls it for the loaders seen so far and from then on for each new
   * loader.
   */
  public synchronized void listener(Listener newListener) {
    listener = newListener;
    for (Sighting sighting : unheard) {
      ClassLoader loader = sighting.loader().get();
      if (loader != null) {
        tell(sighting.ofStorage(), loader);
      }
    }
    unheard.clear();
  }
}
