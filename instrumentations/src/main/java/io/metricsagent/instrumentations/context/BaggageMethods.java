package io.metricsagent.instrumentations.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/** The methods that lead to an entry of the current baggage, in one copy of OpenTelemetry's API. */
final class BaggageMethods {
  /** The methods to call. They are stored with the class of the baggage and collected with it. */
  static final class OfClass extends ClassValue<BaggageMethods> {
    @Override
    protected BaggageMethods computeValue(Class<?> baggage) {
      return BaggageMethods.of(baggage);
    }
  }

  private static final String FROM_CONTEXT = "fromContextOrNull";

  private final MethodHandle current;
  private final MethodHandle entry;

  private BaggageMethods(MethodHandle current, MethodHandle entry) {
    this.current = current;
    this.entry = entry;
  }

  /** Returns {@code null} for a class without the methods of a {@code Baggage}. */
  private static BaggageMethods of(Class<?> baggage) {
    try {
      Class<?> context = contextOf(baggage);
      if (context == null) {
        return null;
      }
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      // Baggage.current() would load the class of an empty baggage if there is none.
      MethodHandle fromContext =
          lookup.findStatic(baggage, FROM_CONTEXT, MethodType.methodType(baggage, context));
      MethodHandle now = lookup.findStatic(context, "current", MethodType.methodType(context));
      MethodHandle value =
          lookup.findVirtual(
              baggage, "getEntryValue", MethodType.methodType(String.class, String.class));
      return new BaggageMethods(
          MethodHandles.filterReturnValue(now, fromContext)
              .asType(MethodType.methodType(Object.class)),
          value.asType(MethodType.methodType(String.class, Object.class, String.class)));
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  private static Class<?> contextOf(Class<?> baggage) {
    for (Method method : baggage.getMethods()) {
      if (method.getName().equals(FROM_CONTEXT)) {
        return method.getParameterTypes()[0];
      }
    }
    return null;
  }

  /** Returns the baggage that this thread works with, or {@code null}. */
  Object current() {
    try {
      return (Object) current.invokeExact();
    } catch (Throwable e) { // a fault in the application's tracing is not the agent's to report
      return null;
    }
  }

  /** Returns the value of an entry, or {@code null}. */
  String value(Object baggage, String key) {
    try {
      return (String) entry.invokeExact(baggage, key);
    } catch (Throwable e) { // as above
      return null;
    }
  }
}
