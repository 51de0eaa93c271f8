package io.metricsagent.instrumentations.context;

import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.metricsagent.instrumentations.tracing.ApiCopies;
import io.metricsagent.instrumentations.tracing.ApiCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Reads what the application says of the work of this thread: in OpenTelemetry's baggage, or else
 * in the diagnostic context of SLF4J, Log4j or JBoss Logging, in each copy that it has loaded. A
 * blank value counts as none.
 *
 * <p>If no such API is loaded, reading costs one read of a field. No class of the application is
 * loaded or initialised: a copy is noticed when its class is loaded, and asked once it is in use.
 * Reading allocates nothing but what the API itself does. Thread-safe.
 */
public final class CallContexts implements LoaderSightings.Listener {
  /** Reads nothing. */
  public static final CallContexts OFF =
      new CallContexts(ContextKeys.of(Map.of()), new NeverInitialised());

  private static final String BAGGAGE = "opentelemetry.api.baggage.Baggage";
  private static final LogContext[] NONE = {};

  private final ContextKeys keys;
  private final Predicate<Class<?>> initialised;
  private final ApiCopies<BaggageMethods> baggages =
      new ApiCopies<>(BAGGAGE, new BaggageMethods.OfClass());
  private final LogContext.Getter getter = new LogContext.Getter();
  private volatile LogContext[] logs = NONE;

  /** Whether any of the APIs was loaded. */
  private volatile boolean found;

  /**
   * Makes an instance that has not found any copy yet.
   *
   * @param initialised tells whether a class is initialised; cheap, takes no lock
   */
  public CallContexts(ContextKeys keys, Predicate<Class<?>> initialised) {
    this.keys = keys;
    this.initialised = initialised;
  }

  /** A named class in place of a lambda: the first lambda of a JVM is slow. */
  private static final class NeverInitialised implements Predicate<Class<?>> {
    @Override
    public boolean test(Class<?> type) {
      return false;
    }
  }

  @Override
  public void loadsSpans(ClassLoader loader) {
    // Spans say nothing of experiments.
  }

  @Override
  public void loadsBaggage(ClassLoader loader) {
    baggages.loads(loader);
    found = true;
  }

  @Override
  public void usesContexts(ClassLoader loader) {
    baggages.usesContexts(loader);
  }

  @Override
  public void willUseContexts(ClassLoader loader, BooleanSupplier inUse) {
    baggages.willUseContexts(loader, inUse);
  }

  @Override
  public synchronized void loadsLogContext(String name, ClassLoader loader) {
    LogContext added = new LogContext(name, loader, getter, initialised);
    List<LogContext> all = new ArrayList<>();
    for (LogContext log : logs) {
      if (log.isSameAs(added)) {
        return;
      }
      if (!log.isGone()) {
        all.add(log);
      }
    }
    all.add(added);
    logs = all.toArray(NONE);
    found = true;
  }

  /** Looks for OpenTelemetry's agent, which has the baggage of the requests that it serves. */
  public void findOtherAgent() {
    baggages.findOtherAgent();
    if (!baggages.areUnused()) {
      found = true;
    }
  }

  /** Returns what is said of the work of this thread, or {@code null}. */
  public String get(ContextField field) {
    return found ? read(keys.of(field)) : null;
  }

  private String read(String[] names) {
    String value = inBaggage(names);
    if (value != null) {
      return value;
    }
    for (LogContext log : logs) {
      for (String name : names) {
        value = log.get(name);
        if (value != null && !value.isBlank()) {
          return value;
        }
      }
    }
    return null;
  }

  private String inBaggage(String[] names) {
    ApiCopy<BaggageMethods>[] copies = baggages.inUse();
    if (copies == null) {
      return null;
    }
    for (ApiCopy<BaggageMethods> copy : copies) {
      BaggageMethods methods = copy.methods();
      Object baggage = methods == null ? null : methods.current();
      if (baggage != null) {
        for (String name : names) {
          String value = methods.value(baggage, name);
          if (value != null && !value.isBlank()) {
            return value;
          }
        }
      }
    }
    return null;
  }
}
