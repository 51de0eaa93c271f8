package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.Faults;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * The handler of a proxy that stands in for an object of the application. Every call is passed on
 * to that object, and its exceptions are thrown unchanged. A stand-in equals every object that its
 * original equals, and the stand-ins of those objects. This class makes all proxies of the agent.
 *
 * <p>The agent's code before and after a call may fail: then the call goes on as it would without
 * the agent.
 */
public abstract class StandIn implements InvocationHandler {
  /**
   * The agent's code around one call of a method. Each object serves one call, so {@link #after}
   * sees the state that {@link #before} left in its fields, even if {@link #before} failed halfway.
   */
  protected interface Call {
    /**
     * The method is about to be called.
     *
     * @param args the method's arguments; an element may be replaced by an object of the same type,
     *     as the last step
     */
    void before(Object[] args) throws Throwable;

    /**
     * The method ended.
     *
     * @param result the method's result; {@code null} if the method is void or threw
     * @param thrown the exception that the method threw, or {@code null}; the caller gets the
     *     exception in any case
     * @return what the caller gets: {@code result}, or an object of the same type
     */
    Object after(Object result, Throwable thrown) throws Throwable;
  }

  private static final Object[] NONE = {};

  private final Object original;

  /** Makes the stand-in of an object. */
  protected StandIn(Object original) {
    this.original = original;
  }

  /** Returns the object that the proxy stands in for. */
  public final Object original() {
    return original;
  }

  /**
   * Returns the stand-in behind a proxy; {@code null} if the object is not a proxy of the agent.
   */
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
   * @param simpleName simple name of the interface that the object must have
   * @return the object itself if it lacks that interface or a proxy cannot be made
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
      // An interface is sealed, or the object's loader sees a different interface of the same name.
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
    } catch (IllegalArgumentException e) { // the interface is sealed
      return original;
    }
  }

  /**
   * Returns a proxy with all public interfaces of the object, among them {@code declared}.
   *
   * @return the object itself if {@code declared} is no public interface or a proxy cannot be made
   */
  public final Object like(Class<?> declared) {
    if (!declared.isInterface() || !Interfaces.isOpenToAll(declared)) {
      return original;
    }
    Set<Class<?>> all = Interfaces.of(original);
    all.add(declared);
    return as(declared, all);
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

  /**
   * Calls the original; a stand-in that answers some calls by itself has another implementation.
   */
  protected Object passOn(Method method, Object[] arguments) throws Throwable {
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
   * Returns whether the default methods of interfaces run on the stand-in rather than on the
   * object, so that the calls that they make are watched.
   */
  protected boolean keepsDefaults() {
    return false;
  }

  /**
   * Returns the agent's code around a call that is about to be made, or {@code null} if there is
   * none. By default that code is {@link #calling}, {@link #thrown} and {@link #returned}, which
   * suit stand-ins that carry no state from the beginning of a call to its end.
   */
  protected Call around(Method method) {
    return new Steps(method.getName());
  }

  /**
   * A method is about to be called.
   *
   * @param args as in {@link Call#before}
   */
  protected void calling(String method, Object[] args) throws Throwable {}

  /** A method threw. */
  protected void thrown(String method, Throwable error) {}

  /** A method returned; this method returns what the caller gets. */
  protected Object returned(String method, Object result) {
    return result;
  }

  private final class Steps implements Call {
    private final String method;

    Steps(String method) {
      this.method = method;
    }

    @Override
    public void before(Object[] args) throws Throwable {
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
