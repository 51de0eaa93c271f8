package io.metricsagent.instrumentations.tracing;

import io.metricsagent.bootstrap.registry.CallSeries;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Finds the current span of a thread, in each copy of OpenTelemetry's API that the application
 * uses: its own, or that of OpenTelemetry's agent. If no copy is in use, this costs one read of a
 * field. Thread-safe.
 */
public final class ActiveSpans implements LoaderSightings.Listener {
  // The prefix "io." is added at run time: in a constant, the packaging would replace it by the
  // package of the agent's own copy.
  private static final String API = "opentelemetry.api.trace.Span";

  private static final String CONTEXT = "opentelemetry.context.Context";

  private final ExemplarFilter filter;

  /** All copies of the API that were loaded. */
  private final List<TraceApi> copies = new ArrayList<>();

  /** The loaders of the contexts that are in use. */
  private final List<WeakReference<ClassLoader>> users = new ArrayList<>();

  /** The contexts that were loaded before the agent and not used so far, or {@code null}. */
  private volatile UnusedContexts[] unused;

  /** The copies that may be called, or {@code null} as long as none is in use or may be. */
  private volatile TraceApi[] apis;

  /** Contexts of a loader, and what tells whether they are in use. */
  private record UnusedContexts(WeakReference<ClassLoader> loader, BooleanSupplier inUse) {}

  /** Makes an instance that has not found any copy yet. */
  public ActiveSpans(ExemplarFilter filter) {
    this.filter = filter;
  }

  /**
   * A loader has loaded a copy of the API, or is about to. The agent does not call the copy before
   * the application has used a context, since the first call fixes how contexts are stored.
   */
  @Override
  public synchronized void loadsSpans(ClassLoader loader) {
    add(new TraceApi("io.".concat(API), "io.".concat(CONTEXT), loader));
  }

  /** The application has used the contexts of a copy, or is about to. */
  @Override
  public synchronized void usesContexts(ClassLoader loader) {
    for (Iterator<WeakReference<ClassLoader>> i = users.iterator(); i.hasNext(); ) {
      if (i.next().refersTo(null)) {
        i.remove();
      }
    }
    users.add(new WeakReference<>(loader));
    publish();
  }

  /** The application has loaded the contexts of a copy, perhaps without ever using them. */
  @Override
  public synchronized void willUseContexts(ClassLoader loader, BooleanSupplier inUse) {
    List<UnusedContexts> all =
        unused == null ? new ArrayList<>() : new ArrayList<>(List.of(unused));
    all.add(new UnusedContexts(new WeakReference<>(loader), inUse));
    unused = all.toArray(new UnusedContexts[0]);
    publish();
  }

  /** Looks whether contexts are in use that were not before. */
  private void lookAt(UnusedContexts[] contexts) {
    for (UnusedContexts each : contexts) {
      if (each.inUse().getAsBoolean()) {
        use(each);
      }
    }
  }

  private synchronized void use(UnusedContexts contexts) {
    List<UnusedContexts> others = new ArrayList<>(List.of(unused));
    if (others.remove(contexts)) { // else another thread has noticed it too
      unused = others.isEmpty() ? null : others.toArray(new UnusedContexts[0]);
      ClassLoader loader = contexts.loader().get();
      if (loader != null) {
        usesContexts(loader);
      }
    }
  }

  /**
   * Looks for OpenTelemetry's agent where it puts its copy: in the bootstrap loader. That agent
   * uses contexts from its start.
   */
  public synchronized void findOtherAgent() {
    String name = "io.".concat("opentelemetry.javaagent.shaded.io.").concat(API);
    try {
      Class.forName(name, false, null);
      add(new TraceApi(name, null, null));
    } catch (ClassNotFoundException | LinkageError e) {
      // OpenTelemetry's agent is not in this JVM.
    }
  }

  private void add(TraceApi api) {
    if (filter == ExemplarFilter.ALWAYS_OFF) {
      return;
    }
    for (Iterator<TraceApi> i = copies.iterator(); i.hasNext(); ) {
      TraceApi other = i.next();
      if (other.isSameAs(api)) {
        return;
      }
      if (other.isGone()) {
        i.remove();
      }
    }
    copies.add(api);
    publish();
  }

  private void publish() {
    List<TraceApi> asked = new ArrayList<>();
    for (TraceApi api : copies) {
      if (api.mayBeAsked(users)) {
        asked.add(api);
      }
    }
    apis = asked.isEmpty() && unused == null ? null : asked.toArray(new TraceApi[0]);
  }

  /** Returns the span that this thread is in and that the filter lets pass, or {@code null}. */
  public TraceContext current() {
    if (apis == null) {
      return null;
    }
    UnusedContexts[] contexts = unused;
    if (contexts != null) {
      lookAt(contexts);
    }
    TraceApi[] known = apis;
    if (known == null) {
      return null;
    }
    for (TraceApi api : known) {
      TraceContext context = api.current(filter == ExemplarFilter.TRACE_BASED);
      if (context != null) {
        return context;
      }
    }
    return null;
  }

  /** May record a call as an exemplar of its series. The call ends on the thread that began it. */
  public void exemplify(CallSeries series, long nanos, String errorType) {
    if (apis == null) {
      return;
    }
    long now = System.currentTimeMillis();
    if (series.wantsExemplar(now)) {
      keep(series, current(), nanos, errorType, now);
    }
  }

  /**
   * May record a call as an exemplar of its series. The call may end on another thread.
   *
   * @param begun the span in which the call began, or {@code null}
   */
  public void exemplify(CallSeries series, TraceContext begun, long nanos, String errorType) {
    if (begun == null) {
      return;
    }
    long now = System.currentTimeMillis();
    if (series.wantsExemplar(now)) {
      keep(series, begun, nanos, errorType, now);
    }
  }

  private static void keep(
      CallSeries series, TraceContext context, long nanos, String errorType, long now) {
    if (context != null) {
      series.keepExemplar(nanos, errorType, context.traceId(), context.spanId(), now);
    }
  }
}
