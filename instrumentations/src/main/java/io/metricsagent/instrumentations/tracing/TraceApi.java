package io.metricsagent.instrumentations.tracing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;

/**
 * One copy of OpenTelemetry's trace API, which somebody else has loaded. Does not keep its class
 * loader alive. Thread-safe.
 */
final class TraceApi {
  /** What is called, kept by the class itself: it goes when that goes. */
  private static final class Methods extends ClassValue<SpanMethods> {
    @Override
    protected SpanMethods computeValue(Class<?> span) {
      return SpanMethods.of(span);
    }
  }

  private static final Methods METHODS = new Methods();

  private final String span;
  private final WeakReference<ClassLoader> loader;
  private volatile WeakReference<Class<?>> found;

  /**
   * Names a copy.
   *
   * @param span the binary name of its class {@code Span}
   * @param loader {@code null} for the bootstrap loader
   */
  TraceApi(String span, ClassLoader loader) {
    this.span = span;
    this.loader = loader == null ? null : new WeakReference<>(loader);
  }

  boolean isOf(ClassLoader other) {
    return loader == null ? other == null : loader.refersTo(other);
  }

  /** Whether its loader is collected. */
  boolean isGone() {
    return loader != null && loader.refersTo(null);
  }

  /**
   * Returns this thread's span, or {@code null} if there is none.
   *
   * @param sampledOnly whether one that is not sampled counts as none
   */
  TraceContext current(boolean sampledOnly) {
    Class<?> type = type();
    SpanMethods methods = type == null ? null : METHODS.get(type);
    return methods == null ? null : methods.current(sampledOnly);
  }

  private Class<?> type() {
    WeakReference<Class<?>> known = found;
    if (known != null) {
      return known.get();
    }
    ClassLoader from = loader == null ? null : loader.get();
    if (from == null && loader != null) {
      return null;
    }
    Class<?> type;
    try {
      type = Class.forName(span, false, from);
    } catch (ClassNotFoundException | LinkageError e) {
      type = Void.class; // has none of the methods, and is not asked for again
    }
    found = new WeakReference<>(type);
    return type;
  }

  /** The getters on the way to the identifiers of a span. */
  private static final class SpanMethods {
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

    /** Returns {@code null} for a class that is no {@code Span} as we know it. */
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
      } catch (Throwable e) { // whatever is wrong with the application's tracing is its own affair
        return null;
      }
    }
  }
}
