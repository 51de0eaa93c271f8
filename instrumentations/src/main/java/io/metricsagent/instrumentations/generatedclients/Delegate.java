package io.metricsagent.instrumentations.generatedclients;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A proxy that passes every call on to another object and sees what comes back. */
abstract class Delegate implements InvocationHandler {
  private final Object original;

  Delegate(Object original) {
    this.original = original;
  }

  @Override
  public final Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals")
          ? original.equals(unwrapped(args[0]))
          : method.invoke(original, args);
    }
    calling(method.getName());
    Object result;
    try {
      result = method.invoke(original, args);
    } catch (InvocationTargetException e) {
      thrown(method.getName(), e.getCause());
      throw e.getCause();
    }
    return returned(method.getName(), result);
  }

  private static Object unwrapped(Object other) {
    return other != null
            && Proxy.isProxyClass(other.getClass())
            && Proxy.getInvocationHandler(other) instanceof Delegate delegate
        ? delegate.original
        : other;
  }

  /** A method is about to be called. */
  protected void calling(String method) {}

  /** A method threw. */
  protected void thrown(String method, Throwable error) {}

  /** A method returned; returns what its caller gets. */
  protected Object returned(String method, Object result) {
    return result;
  }
}
