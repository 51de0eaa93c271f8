package io.metricsagent.bootstrap.targets;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which class loaders have loaded one class that the agent uses where the application does, and
 * must not load first. Thread-safe; keeps no loader alive.
 */
public final class LoaderSightings {
  private final String className;
  private final List<WeakReference<ClassLoader>> unheard = new ArrayList<>();
  private Consumer<ClassLoader> listener;

  private LoaderSightings(String className) {
    this.className = className;
  }

  /** Watches for OpenTelemetry's API, by the class of its spans. */
  public static LoaderSightings ofTracers() {
    return new LoaderSightings("io/opentelemetry/api/trace/Span");
  }

  void loads(String internalName, ClassLoader loader) {
    if (internalName.equals(className)) {
      seen(loader);
    }
  }

  private synchronized void seen(ClassLoader loader) {
    if (listener == null) {
      unheard.add(new WeakReference<>(loader));
    } else {
      listener.accept(loader);
    }
  }

  /** Sets who is told, at once of the loaders so far and of each further one as it is seen. */
  public synchronized void listener(Consumer<ClassLoader> newListener) {
    listener = newListener;
    for (WeakReference<ClassLoader> reference : unheard) {
      ClassLoader loader = reference.get();
      if (loader != null) {
        newListener.accept(loader);
      }
    }
    unheard.clear();
  }
}
