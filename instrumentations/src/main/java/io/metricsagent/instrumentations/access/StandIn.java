package io.metricsagent.instrumentations.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * What is behind a proxy that stands in for an object of the application: every call goes on to
 * that object, and what it throws is thrown as it is. A stand-in is equal to what its object is
 * equal to, and to the stand-ins of that.
 *
 * <p>What the agent does before and after a call may fail: the call goes on as if the agent had not
 * been there.
 */
public abstract class StandIn implements InvocationHandler {
  private static final Object[] NONE = {};

  private final Object original;

  /** Makes one for an object. */
  protected StandIn(Object original) {
    this.original = original;
  }

  @Override
  public final Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    Object[] arguments = args == null ? NONE : args;
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals")
          ? (Object) original.equals(unwrapped(arguments[0]))
          : method.invoke(original, arguments);
    }
    String name = method.getName();
    try {
      calling(name, arguments);
    } catch (Throwable fault) {
      Faults.absorbed("a call of " + name + " was not watched", fault);
    }
    Object result;
    try {
      result = method.invoke(original, arguments);
    } catch (InvocationTargetException e) {
      try {
        thrown(name, e.getCause());
      } catch (Throwable fault) {
        Faults.absorbed("what " + name + " threw was not watched", fault);
      }
      throw e.getCause();
    }
    try {
      return returned(name, result);
    } catch (Throwable fault) {
      Faults.absorbed("what " + name + " returned was not watched", fault);
      return result;
    }
  }

  private static Object unwrapped(Object other) {
    return other != null
            && Proxy.isProxyClass(other.getClass())
            && Proxy.getInvocationHandler(other) instanceof StandIn standIn
        ? standIn.original
        : other;
  }

  /**
   * A method is about to be called.
   *
   * @param args what it gets; an element may be replaced by an object of the same type, as the last
   *     thing that is done
   */
  protected void calling(String method, Object[] args) {}

  /** A method threw. */
  protected void thrown(String method, Throwable error) {}

  /** A method returned; returns what its caller gets. */
  protected Object returned(String method, Object result) {
    return result;
  }
}
