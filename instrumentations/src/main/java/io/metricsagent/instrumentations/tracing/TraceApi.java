package io.metricsagent.instrumentations.tracing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.List;

/**
 * One copy of OpenTelemetry's trace API that the application or another agent has loaded. Does not
 * keep the copy's class loader alive. Thread-safe.
 */
final class TraceApi {
  /** The methods to call. They are stored with the class of the span and collected with it. */
  private static final class Methods extends ClassValue<SpanMethods> {
    @Override
    protected SpanMethods computeValue(Class<?> span) {
      return SpanMethods.of(span);
    }
  }

  private static final Methods METHODS = new Methods();

  private final String span;
  private final String context;
  private final WeakReference<ClassLoader> loader;
  private volatile WeakReference<Class<?>> found;

  /** The loaders of contexts in use, until it is known whether this copy's loader is among them. */
  private volatile List<WeakReference<ClassLoader>> users;

  /**
   * Names a copy.
   *
   * @param span the binary name of its class {@code Span}
   * @param context the binary name of its class {@code Context}, or {@code null} if contexts are in
   *     use already
   * @param loader {@code null} for the bootstrap loader
   */
  TraceApi(String span, String context, ClassLoader loader) {
    this.span = span;
    this.context = context;
    this.loader = loader == null ? null : new WeakReference<>(loader);
  }

  boolean isSameAs(TraceApi other) {
    return loader == null
        ? other.loader == null
        : other.loader != null && loader.refersTo(other.loader.get());
  }

  /**
   * Returns whether the application may have used this copy. The class of contexts may come from
   * another loader than the class of spans. It is looked up when the copy is first called, because
   * no class may be loaded while another class is being loaded.
   *
   * @param loaders the loaders of the contexts in use so far
   */
  boolean mayBeAsked(List<WeakReference<ClassLoader>> loaders) {
    if (context == null) {
      return true;
    }
    if (loaders.isEmpty()) {
      return false;
    }
    synchronized (this) {
      users = List.copyOf(loaders);
    }
    return true;
  }

  /** Returns whether the copy's class loader was collected. */
  boolean isGone() {
    return loader != null && loader.refersTo(null);
  }

  /**
   * Returns this thread's span, or {@code null} if there is none.
   *
   * @param sampledOnly whether a span that is not sampled counts as no span
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
    if (context != null && !isUsed(from)) {
      return null;
    }
    Class<?> type;
    try {
      type = Class.forName(span, false, from);
    } catch (ClassNotFoundException | LinkageError e) {
      type = Void.class; // Void has none of the methods, and the class is not looked up again
    }
    found = new WeakReference<>(type);
    return type;
  }

  /** Returns whether the contexts of this copy are in use; looks once for each new loader. */
  private boolean isUsed(ClassLoader from) {
    List<WeakReference<ClassLoader>> unchecked = users;
    if (unchecked == null) {
      return false;
    }
    try {
      ClassLoader ofContexts = Class.forName(context, false, from).getClassLoader();
      for (WeakReference<ClassLoader> user : unchecked) {
        if (user.refersTo(ofContexts)) {
          return true;
        }
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // A copy without a context class is not supported.
    }
    forget(unchecked);
    return false;
  }

  private synchronized void forget(List<WeakReference<ClassLoader>> checked) {
    if (users == checked) { // else another thread has added a loader
      users = null;
    }
  }

  /** The getters that lead to the identifiers of a span. */
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
}
