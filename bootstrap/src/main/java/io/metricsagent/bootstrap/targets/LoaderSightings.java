package io.metricsagent.bootstrap.targets;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Which class loaders have loaded OpenTelemetry's API, which the agent uses where the application
 * does and must not use first. Thread-safe; keeps no loader alive.
 */
public final class LoaderSightings {
  /** The interface of spans, by which the agent finds the one that a thread is in. */
  private static final String SPAN = "io/opentelemetry/api/trace/Span";

  /**
   * The class that holds the storage of contexts. It is loaded when somebody asks for a context the
   * first time, and fixes the storage: what the application adds to it later has no effect.
   */
  private static final String STORAGE = "io/opentelemetry/context/LazyStorage";

  /** What both names begin with, so that other classes cost one comparison. */
  private static final String PREFIX = "io/opentelemetry/";

  /** Is told what was loaded, on the thread that loads it. */
  public interface Listener {
    /** A loader has loaded the interface of spans, or is about to. */
    void loadsSpans(ClassLoader loader);

    /** A loader has loaded the storage of contexts, or is about to: somebody uses it. */
    void usesContexts(ClassLoader loader);
  }

  private record Sighting(boolean ofStorage, WeakReference<ClassLoader> loader) {}

  private final List<Sighting> unheard = new ArrayList<>();
  private Listener listener;

  private LoaderSightings() {}

  /** Watches for OpenTelemetry's API. */
  public static LoaderSightings ofTracers() {
    return new LoaderSightings();
  }

  /** A loader loads a class; public for tests of listeners. */
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

  /** Sets who is told, at once of the loaders so far and of each further one as it is seen. */
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
