package io.metricsagent.instrumentations.tracing;

import io.metricsagent.bootstrap.registry.CallSeries;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Finds the span that a thread is in, in whatever copy of OpenTelemetry's API the application uses:
 * its own, or that of OpenTelemetry's agent. Where nobody uses any, that is one read of a field.
 * Thread-safe.
 */
public final class ActiveSpans implements LoaderSightings.Listener {
  // Put together here: as a constant, the packaging would give them the package of our own copy.
  private static final String API = "opentelemetry.api.trace.Span";

  private static final String CONTEXT = "opentelemetry.context.Context";

  private final ExemplarFilter filter;

  /** All copies that were loaded. */
  private final List<TraceApi> copies = new ArrayList<>();

  /** The loaders whose contexts somebody uses. */
  private final List<WeakReference<ClassLoader>> users = new ArrayList<>();

  /** The copies that may be asked, or {@code null} as long as nobody uses any. */
  private volatile TraceApi[] apis;

  /** Makes one that has not found any copy yet. */
  public ActiveSpans(ExemplarFilter filter) {
    this.filter = filter;
  }

  /**
   * A loader has loaded the application's copy, or is about to. It is not asked before the
   * application itself has used a context: the first question fixes how contexts are stored.
   */
  @Override
  public synchronized void loadsSpans(ClassLoader loader) {
    add(new TraceApi("io.".concat(API), "io.".concat(CONTEXT), loader));
  }

  /** Somebody has used the contexts of a copy, or is about to. */
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
      // It is not here.
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
    apis = asked.isEmpty() ? null : asked.toArray(new TraceApi[0]);
  }

  /** Returns the span that this thread is in and that the filter lets pass, or {@code null}. */
  public TraceContext current() {
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

  /** Makes a call that ends on the thread that began it the example of its series, now and then. */
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
   * Makes a call that ends elsewhere the example of its series, now and then.
   *
   * @param begun the span that it began in, or {@code null}
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
