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

  private Woven(SiteHandler handler, int replaced) {
    this.handler = handler;
    this.replaced = replaced;
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
    } catch (Throwable fault) {
      // As Probe does.
    }
    return token;
  }

  private Object exit(Object token, Object result, Throwable thrown) {
    try {
      return token == null ? result : handler.exit(token, result, thrown);
    } catch (Throwable fault) {
      return result;
    }
  }

  private static Object at(int index, Object[] args) {
    return index < args.length ? args[index] : null;
  }
}
