package io.metricsagent.instrumentations.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * What is behind a proxy that stands in for an object of the application: every call goes on to
 * that object, and what it throws is thrown as it is. A stand-in is equal to what its object is
 * equal to, and to the stand-ins of that. All proxies of the agent are made here.
 *
 * <p>What the agent does before and after a call may fail: the call goes on as if the agent had not
 * been there.
 */
public abstract class StandIn implements InvocationHandler {
  /**
   * What the agent does around one call of a method. One object serves one call, so what {@link
   * #before} began is at hand in {@link #after}, even if {@link #before} failed on its way.
   */
  protected interface Call {
    /**
     * The method is about to be called.
     *
     * @param args what it gets; an element may be replaced by an object of the same type, as the
     *     last thing that is done
     */
    void before(Object[] args) throws Throwable;

    /**
     * The method ended.
     *
     * @param result what it returned; {@code null} if it is void or threw
     * @param thrown what it threw, or {@code null}; its caller gets that in any case
     * @return what its caller gets: {@code result}, or an object of the same type
     */
    Object after(Object result, Throwable thrown) throws Throwable;
  }

  private static final Object[] NONE = {};

  private final Object original;

  /** Makes one for an object. */
  protected StandIn(Object original) {
    this.original = original;
  }

  /** Returns the object that this one stands in for. */
  public final Object original() {
    return original;
  }

  /** Returns the stand-in behind a proxy; {@code null} if the object is no proxy of the agent's. */
  public static StandIn behind(Object object) {
    return object != null
            && Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof StandIn standIn
        ? standIn
        : null;
  }

  /**
   * Returns a proxy with all public interfaces of the object.
   *
   * @param simpleName simple name of the interface that it must have
   * @return the object itself if it has no such interface or a proxy cannot be made
   */
  public final Object as(String simpleName) {
    Set<Class<?>> all = Interfaces.of(original);
    for (Class<?> type : all) {
      if (type.getSimpleName().equals(simpleName)) {
        return as(type, all);
      }
    }
    return original;
  }

  private Object as(Class<?> needed, Set<Class<?>> all) {
    try {
      return Proxy.newProxyInstance(
          original.getClass().getClassLoader(), all.toArray(new Class<?>[0]), this);
    } catch (IllegalArgumentException e) {
      // One is sealed, or the object's loader sees another interface by its name.
      return as(needed);
    }
  }

  /**
   * Returns a proxy with one interface.
   *
   * @return the object itself if a proxy cannot be made
   */
  public final Object as(Class<?> type) {
    try {
      return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
    } catch (IllegalArgumentException e) { // it is sealed
      return original;
    }
  }

  @Override
  public final Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    Object[] arguments = args == null ? NONE : args;
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals")
          ? (Object) original.equals(unwrapped(arguments[0]))
          : passOn(method, arguments);
    }
    if (method.isDefault() && keepsDefaults()) {
      return InvocationHandler.invokeDefault(proxy, method, args);
    }
    Call call = begun(method, arguments);
    Object result;
    try {
      result = passOn(method, arguments);
    } catch (Throwable thrown) {
      ended(call, method, null, thrown);
      throw thrown;
    }
    return ended(call, method, result, null);
  }

  private static Object unwrapped(Object other) {
    StandIn standIn = behind(other);
    return standIn == null ? other : standIn.original;
  }

  private Object passOn(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(original, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Call begun(Method method, Object[] arguments) {
    Call call = null;
    try {
      call = around(method);
      if (call != null) {
        call.before(arguments);
      }
    } catch (Throwable fault) {
      Faults.absorbed("a call of " + method.getName() + " was not watched", fault);
    }
    return call;
  }

  private static Object ended(Call call, Method method, Object result, Throwable thrown) {
    if (call == null) {
      return result;
    }
    try {
      return call.after(result, thrown);
    } catch (Throwable fault) {
      Faults.absorbed("the end of a call of " + method.getName() + " was not watched", fault);
      return result;
    }
  }

  /**
   * Returns whether the default methods of interfaces run on the stand-in, so that what they call
   * is watched, and not on the object.
   */
  protected boolean keepsDefaults() {
    return false;
  }

  /**
   * A method is about to be called: returns what the agent does around this call, or {@code null}
   * for nothing. Unless it is overridden, that is {@link #calling}, {@link #thrown} and {@link
   * #returned}, which are for stand-ins that need nothing from one to the other.
   */
  protected Call around(Method method) {
    return new Steps(method.getName());
  }

  /**
   * A method is about to be called.
   *
   * @param args as in {@link Call#before}
   */
  protected void calling(String method, Object[] args) {}

  /** A method threw. */
  protected void thrown(String method, Throwable error) {}

  /** A method returned; returns what its caller gets. */
  protected Object returned(String method, Object result) {
    return result;
  }

  private final class Steps implements Call {
    private final String method;

    Steps(String method) {
      this.method = method;
    }

    @Override
    public void before(Object[] args) {
      calling(method, args);
    }

    @Override
    public Object after(Object result, Throwable thrown) {
      if (thrown == null) {
        return returned(method, result);
      }
      thrown(method, thrown);
      return null;
    }
  }
}
