package io.metricsagent.instrumentations.tracing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The getters that lead to the identifiers of a span, in one copy of OpenTelemetry's API. */
final class SpanMethods {
  /** The methods to call. They are stored with the class of the span and collected with it. */
  static final class OfClass extends ClassValue<SpanMethods> {
    @Override
    protected SpanMethods computeValue(Class<?> span) {
      return SpanMethods.of(span);
    }
  }

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  private final MethodHandle current;
  private final MethodHandle context;
  private final MethodHandle isValid;
  private final MethodHandle isSampled;
  private final MethodHandle traceId;
  private final MethodHandle spanId;

  private SpanMethods(Class<?> span, Class<?> spanContext) throws ReflectiveOperationException {
    current =
        LOOKUP
            .findStatic(span, "current", MethodType.methodType(span))
            .asType(MethodType.methodType(Object.class));
    context = getter(span, "getSpanContext", spanContext, Object.class);
    isValid = getter(spanContext, "isValid", boolean.class, boolean.class);
    isSampled = getter(spanContext, "isSampled", boolean.class, boolean.class);
    traceId = getter(spanContext, "getTraceId", String.class, String.class);
    spanId = getter(spanContext, "getSpanId", String.class, String.class);
  }

  private static MethodHandle getter(Class<?> type, String name, Class<?> declared, Class<?> as)
      throws ReflectiveOperationException {
    return LOOKUP
        .findVirtual(type, name, MethodType.methodType(declared))
        .asType(MethodType.methodType(as, Object.class));
  }

  /** Returns {@code null} for a class without the methods of a {@code Span}. */
  static SpanMethods of(Class<?> span) {
    try {
      return new SpanMethods(span, span.getMethod("getSpanContext").getReturnType());
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  TraceContext current(boolean sampledOnly) {
    try {
      Object span = (Object) current.invokeExact();
      if (span == null) {
        return null;
      }
      Object ids = (Object) context.invokeExact(span);
      if (ids == null || !(boolean) isValid.invokeExact(ids)) {
        return null;
      }
      return !sampledOnly || (boolean) isSampled.invokeExact(ids)
          ? new TraceContext((String) traceId.invokeExact(ids), (String) spanId.invokeExact(ids))
          : null;
    } catch (Throwable e) { // a fault in the application's tracing is not the agent's to report
      return null;
    }
  }
}
