package io.metricsagent.instrumentations.testing;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Calls a method as woven code does: what its handler throws never reaches the caller. */
public final class Woven {
  /** The code of a method. */
  public interface Body {
    /** Runs with the arguments that the handler has left to it. */
    Object run(Object[] args);
  }

  private static final int NONE = -1;

  private final SiteHandler handler;
  private final int replaced;
  private final Class<?> callback;
  private final Class<?> declared;

  private Woven(SiteHandler handler, int replaced) {
    this(handler, replaced, null, null);
  }

  private Woven(SiteHandler handler, int replaced, Class<?> callback, Class<?> declared) {
    this.handler = handler;
    this.replaced = replaced;
    this.callback = callback;
    this.declared = declared;
  }

  /** A method that returns {@code declared}, and whose rule follows calls. */
  public static Woven returning(Class<?> declared, SiteHandler handler) {
    return new Woven(handler, NONE, null, declared);
  }

  /** A method whose last parameter is a {@code callback}, and whose rule follows calls. */
  public static Woven taking(Class<?> callback, SiteHandler handler) {
    return new Woven(handler, NONE, callback, Object.class);
  }

  /** A method with a handler. */
  public static Woven with(SiteHandler handler) {
    return new Woven(handler, NONE);
  }

  /** A method whose rule replaces an argument. */
  public static Woven replacing(int argument, SiteHandler handler) {
    return new Woven(handler, argument);
  }

  /** Calls the method; returns or throws what its caller gets. */
  public Object call(Body body, Object self, Object... args) {
    Object[] passed = args.clone();
    Object token = enter(self, passed);
    Object result;
    try {
      result = body.run(passed);
    } catch (Throwable thrown) {
      exit(token, null, thrown);
      throw thrown;
    }
    return exit(token, result, null);
  }

  private Object enter(Object self, Object[] args) {
    Object token = null;
    try {
      token = handler.enter(self, at(0, args), at(1, args), at(2, args));
      if (token != null && replaced != NONE) {
        args[replaced] = handler.replaceArgument(token, args[replaced]);
      }
      if (token != null && callback != null) {
        int last = args.length - 1;
        args[last] = handler.followArgument(token, args[last], callback);
      }
    } catch (Throwable fault) {
      // As Probe does.
    }
    return token;
  }

  private Object exit(Object token, Object result, Throwable thrown) {
    try {
      if (token == null) {
        return result;
      }
      return declared == null || thrown != null
          ? handler.exit(token, result, thrown)
          : handler.returned(token, result, declared);
    } catch (Throwable fault) {
      return result;
    }
  }

  private static Object at(int index, Object[] args) {
    return index < args.length ? args[index] : null;
  }
}
