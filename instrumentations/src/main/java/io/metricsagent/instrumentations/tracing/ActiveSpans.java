package io.metricsagent.instrumentations.tracing;

import io.metricsagent.bootstrap.registry.CallSeries;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import java.util.function.BooleanSupplier;

/**
 * Finds the current span of a thread, in each copy of OpenTelemetry's API that the application
 * uses: its own, or that of OpenTelemetry's agent. If no copy is in use, this costs one read of a
 * field. Thread-safe.
 */
public final class ActiveSpans implements LoaderSightings.Listener {
  private static final String API = "opentelemetry.api.trace.Span";

  private final ExemplarFilter filter;
  private final ApiCopies<SpanMethods> copies = new ApiCopies<>(API, new SpanMethods.OfClass());

  /** Makes an instance that has not found any copy yet. */
  public ActiveSpans(ExemplarFilter filter) {
    this.filter = filter;
  }

  /**
   * A loader has loaded a copy of the API, or is about to. The agent does not call the copy before
   * the application has used a context.
   */
  @Override
  public void loadsSpans(ClassLoader loader) {
    if (filter != ExemplarFilter.ALWAYS_OFF) {
      copies.loads(loader);
    }
  }

  @Override
  public void usesContexts(ClassLoader loader) {
    copies.usesContexts(loader);
  }

  @Override
  public void willUseContexts(ClassLoader loader, BooleanSupplier inUse) {
    copies.willUseContexts(loader, inUse);
  }

  /** Looks for OpenTelemetry's agent. */
  public void findOtherAgent() {
    if (filter != ExemplarFilter.ALWAYS_OFF) {
      copies.findOtherAgent();
    }
  }

  /** Returns the span that this thread is in and that the filter lets pass, or {@code null}. */
  public TraceContext current() {
    ApiCopy<SpanMethods>[] known = copies.inUse();
    if (known == null) {
      return null;
    }
    for (ApiCopy<SpanMethods> copy : known) {
      SpanMethods methods = copy.methods();
      TraceContext context =
          methods == null ? null : methods.current(filter == ExemplarFilter.TRACE_BASED);
      if (context != null) {
        return context;
      }
    }
    return null;
  }

  /** May record a call as an exemplar of its series. The call ends on the thread that began it. */
  public void exemplify(CallSeries series, long nanos, String errorType) {
    if (copies.areUnused()) {
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
