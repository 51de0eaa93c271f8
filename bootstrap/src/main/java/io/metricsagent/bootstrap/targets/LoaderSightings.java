package io.metricsagent.bootstrap.targets;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Observes which class loaders have loaded APIs that tell what a thread works for: OpenTelemetry's,
 * and the diagnostic contexts of log libraries. The agent uses such an API only after the
 * application has used it. Thread-safe; keeps no loader alive.
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

  /** The class of the key of baggage: nobody has read or stored a baggage before it is loaded. */
  private static final String BAGGAGE = PREFIX.concat("api/baggage/BaggageContextKey");

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

    /**
     * Called when a loader had loaded the storage of contexts before the agent started, as the JVM
     * does from an AOT cache, but contexts were not in use yet.
     *
     * @param inUse tells whether contexts are in use by now; cheap, takes no lock
     */
    void willUseContexts(ClassLoader loader, BooleanSupplier inUse);

    /** Called when a loader has loaded what baggage needs, or is about to. */
    default void loadsBaggage(ClassLoader loader) {}

    /**
     * Called when a loader has loaded the class of a diagnostic context, or is about to. The class
     * may not be initialised.
     *
     * @param name the binary name of the class
     */
    default void loadsLogContext(String name, ClassLoader loader) {}
  }

  /**
   * A loader that has loaded one of the classes.
   *
   * @param inUse whether contexts are in use by now; {@code null} if they are known to be
   */
  private record Sighting(
      String internalName, WeakReference<ClassLoader> loader, BooleanSupplier inUse) {}

  private final List<Sighting> sightings = new ArrayList<>();
  private final List<Class<?>> storagesLoadedBefore = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();

  private LoaderSightings() {}

  /** Returns an observer that has seen no loader yet. */
  public static LoaderSightings ofTracers() {
    return new LoaderSightings();
  }

  /** Called when a loader loads a class; public for tests of listeners. */
  public void loads(String internalName, ClassLoader loader) {
    if (internalName.startsWith(PREFIX)) {
      if (internalName.equals(SPAN)
          || internalName.equals(STORAGE)
          || internalName.equals(BAGGAGE)) {
        seen(internalName, loader, null);
      }
    } else if (isLogContext(internalName)) {
      seen(internalName, loader, null);
    }
  }

  private static boolean isLogContext(String internalName) {
    return switch (internalName) {
      case "org/slf4j/MDC", "org/apache/logging/log4j/ThreadContext", "org/jboss/logging/MDC" ->
          true;
      default -> false;
    };
  }

  /** Called for a class that was loaded before the agent observed the loading of classes. */
  void wasLoaded(String internalName, Class<?> type) {
    if (internalName.equals(STORAGE)) {
      addLoadedBefore(type);
    } else {
      loads(internalName, type.getClassLoader());
    }
  }

  private synchronized void addLoadedBefore(Class<?> storage) {
    storagesLoadedBefore.add(storage);
  }

  /** Returns whether {@link #tellWhetherUsed} has anything to tell. */
  public synchronized boolean isUseUnknown() {
    return !storagesLoadedBefore.isEmpty();
  }

  /**
   * Tells the listener of the storages of contexts that were loaded before the agent observed the
   * loading of classes. A storage is in use once its class is initialised.
   *
   * @param initialised tells whether a class is initialised; cheap, takes no lock
   */
  public synchronized void tellWhetherUsed(Predicate<Class<?>> initialised) {
    for (Class<?> storage : storagesLoadedBefore) {
      boolean used = initialised.test(storage);
      seen(STORAGE, storage.getClassLoader(), used ? null : new Use(storage, initialised));
    }
    storagesLoadedBefore.clear();
  }

  /** Tells whether a storage of contexts is in use, without keeping its loader alive. */
  private static final class Use implements BooleanSupplier {
    private final WeakReference<Class<?>> storage;
    private final Predicate<Class<?>> initialised;

    Use(Class<?> storage, Predicate<Class<?>> initialised) {
      this.storage = new WeakReference<>(storage);
      this.initialised = initialised;
    }

    @Override
    public boolean getAsBoolean() {
      Class<?> loaded = storage.get();
      return loaded != null && initialised.test(loaded);
    }
  }

  private synchronized void seen(String internalName, ClassLoader loader, BooleanSupplier inUse) {
    for (Iterator<Sighting> i = sightings.iterator(); i.hasNext(); ) {
      if (i.next().loader().refersTo(null)) {
        i.remove();
      }
    }
    sightings.add(new Sighting(internalName, new WeakReference<>(loader), inUse));
    for (Listener listener : listeners) {
      tell(listener, internalName, loader, inUse);
    }
  }

  private static void tell(
      Listener listener, String internalName, ClassLoader loader, BooleanSupplier inUse) {
    if (internalName.equals(SPAN)) {
      listener.loadsSpans(loader);
    } else if (internalName.equals(BAGGAGE)) {
      listener.loadsBaggage(loader);
    } else if (!internalName.equals(STORAGE)) {
      listener.loadsLogContext(internalName.replace('/', '.'), loader);
    } else if (inUse == null) {
      listener.usesContexts(loader);
    } else {
      listener.willUseContexts(loader, inUse);
    }
  }

  /**
   * Adds a listener, and calls it for the loaders seen so far and from then on for each new loader.
   */
  public synchronized void listener(Listener added) {
    listeners.add(added);
    for (Sighting sighting : sightings) {
      ClassLoader loader = sighting.loader().get();
      if (loader != null) {
        tell(added, sighting.internalName(), loader, sighting.inUse());
      }
    }
  }
}
