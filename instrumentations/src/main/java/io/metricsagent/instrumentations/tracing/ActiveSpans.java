package io.metricsagent.instrumentations.tracing;

import io.metricsagent.bootstrap.registry.CallSeries;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the span that a thread is in, in whatever copy of OpenTelemetry's API the application uses:
 * its own, or that of OpenTelemetry's agent. Where none was ever loaded, that is one read of a
 * field. Thread-safe.
 */
public final class ActiveSpans implements Consumer<ClassLoader> {
  // Put together here: as a constant, the packaging would give them the package of our own copy.
  private static final String API = "opentelemetry.api.trace.Span";

  private final ExemplarFilter filter;
  private volatile TraceApi[] apis;

  /** Makes one that has not found any copy yet. */
  public ActiveSpans(ExemplarFilter filter) {
    this.filter = filter;
  }

  /** A loader has loaded the application's copy, or is about to. */
  @Override
  public void accept(ClassLoader loader) {
    add(new TraceApi("io.".concat(API), loader), loader);
  }

  /** Looks for OpenTelemetry's agent where it puts its copy: in the bootstrap loader. */
  public void findOtherAgent() {
    String name = "io.".concat("opentelemetry.javaagent.shaded.io.").concat(API);
    try {
      Class.forName(name, false, null);
      add(new TraceApi(name, null), null);
    } catch (ClassNotFoundException | LinkageError e) {
      // It is not here.
    }
  }

  private synchronized void add(TraceApi api, ClassLoader loader) {
    if (filter == ExemplarFilter.ALWAYS_OFF) {
      return;
    }
    TraceApi[] known = apis == null ? new TraceApi[0] : apis;
    TraceApi[] next = new TraceApi[known.length + 1];
    int count = 0;
    for (TraceApi other : known) {
      if (other.isOf(loader)) {
        return;
      }
      if (!other.isGone()) {
        next[count++] = other;
      }
    }
    next[count++] = api;
    apis = Arrays.copyOf(next, count);
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
