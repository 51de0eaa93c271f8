package io.metricsagent.instrumentations.access;

import java.lang.reflect.Method;

/**
 * Reads and extends the contexts of Reactor, which go from a subscriber to all publishers above it,
 * on whatever threads they work. Stateless.
 */
public final class ReactorContexts {
  private static final String CONTEXT = "reactor.util.context.Context";
  private static final String VIEW = "reactor.util.context.ContextView";
  private static final Accessor CURRENT = Accessor.path("currentContext()");

  private static final ClassValue<Method> PUT = new Finder(CONTEXT, "put");
  private static final ClassValue<Method> GET = new Finder(VIEW, "getOrDefault");

  /** A method with two arguments of an interface, found once for each class that implements it. */
  private static final class Finder extends ClassValue<Method> {
    private final String type;
    private final String name;

    Finder(String type, String name) {
      this.type = type;
      this.name = name;
    }

    @Override
    protected Method computeValue(Class<?> implementation) {
      for (Class<?> c = implementation; c != null; c = c.getSuperclass()) {
        Method found = in(c.getInterfaces());
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    private Method in(Class<?>[] interfaces) {
      for (Class<?> candidate : interfaces) {
        Method found =
            candidate.getName().equals(type) ? declared(candidate) : in(candidate.getInterfaces());
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    private Method declared(Class<?> owner) {
      for (Method method : owner.getMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == 2) {
          return method;
        }
      }
      return null;
    }
  }

  private ReactorContexts() {}

  /** Returns the context of a subscriber; {@code null} if it has none. */
  public static Object of(Object subscriber) {
    return CURRENT.read(subscriber);
  }

  /** Returns the value of a key in a context, or {@code null}; also if {@code context} is null. */
  public static Object get(Object context, Object key) {
    return context == null ? null : called(GET, context, key, null);
  }

  /** Returns a context with an entry more; {@code context} itself if it cannot be extended. */
  public static Object with(Object context, Object key, Object value) {
    Object extended = called(PUT, context, key, value);
    return extended == null ? context : extended;
  }

  private static Object called(
      ClassValue<Method> methods, Object context, Object first, Object second) {
    Method method = methods.get(context.getClass());
    try {
      return method == null ? null : method.invoke(context, first, second);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
