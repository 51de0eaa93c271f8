package io.metricsagent.instrumentations.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * A publisher in front of one of Reactor's, RxJava's or the JDK's: demand, context and signals pass
 * through as they are, and as the subscription is not a queue, operators do not fuse across it.
 *
 * <p>Nothing happens until somebody subscribes, and each subscription is a call of its own.
 */
public abstract class WatchedPublisher implements InvocationHandler {
  /** Hears what one subscription brings. */
  public interface Signals {
    /** A value came. */
    void next(Object value);

    /** The subscriber has dealt with a value; it took this long. */
    default void consumed(long nanos) {}

    /** It ended with an error. */
    void failed(Throwable error);

    /** It ended. */
    void completed();

    /** The subscriber wants no more. */
    void cancelled();
  }

  /** How a type is made of a publisher, by its own static method. */
  private static final String[][] FACTORIES = {
    {"reactor.core.publisher.Flux", "from"},
    {"reactor.core.publisher.Mono", "fromDirect"},
    {"io.reactivex.rxjava3.core.Flowable", "fromPublisher"},
    {"io.reactivex.rxjava3.core.Maybe", "wrap"},
  };

  private Object original;
  private Method subscribe;

  /**
   * Somebody subscribes, on this thread.
   *
   * @return {@code null} if it is of no interest
   */
  protected abstract Signals subscribing();

  /** The subscription is made or has failed; called on the same thread if there are signals. */
  protected abstract void subscribed(Signals signals);

  /**
   * Returns a publisher of the same type in front of {@code publisher}; itself if that cannot be.
   */
  public final Object inFrontOf(Object publisher) {
    try {
      Method factory = factory(publisher.getClass());
      if (factory == null) {
        return publisher;
      }
      Class<?> type = factory.getParameterTypes()[0];
      watch(publisher, type);
      return factory.invoke(
          null, Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    } catch (ReflectiveOperationException e) {
      return publisher;
    }
  }

  /** Returns a publisher in front of one of the JDK's interface. */
  public final Object inFrontOf(Flow.Publisher<?> publisher) {
    watch(publisher, Flow.Publisher.class);
    return Proxy.newProxyInstance(null, new Class<?>[] {Flow.Publisher.class}, this);
  }

  /**
   * Returns a publisher in front of one of a library's own interface; itself if that cannot be.
   *
   * @param simpleName simple name of the interface
   */
  public final Object inFrontOf(Object publisher, String simpleName) {
    for (Class<?> type : Interfaces.of(publisher)) {
      if (type.getSimpleName().equals(simpleName)) {
        watch(publisher, type);
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
      }
    }
    return publisher;
  }

  private void watch(Object publisher, Class<?> type) {
    for (Method method : type.getMethods()) {
      if (isSubscribe(method)) {
        subscribe = method;
      }
    }
    original = publisher;
  }

  private static boolean isSubscribe(Method method) {
    return method.getName().equals("subscribe") && Modifier.isAbstract(method.getModifiers());
  }

  private static Method factory(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (String[] known : FACTORIES) {
        if (c.getName().equals(known[0])) {
          return method(c, known[1]);
        }
      }
    }
    return null;
  }

  private static Method method(Class<?> type, String name) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)
          && method.getParameterCount() == 1
          && Modifier.isStatic(method.getModifiers())) {
        return method;
      }
    }
    return null;
  }

  @Override
  public final Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals")
          ? (Object) (proxy == args[0])
          : method.invoke(original, args);
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, args); // it subscribes to us
    }
    if (!isSubscribe(method)) {
      return passOn(method, original, args);
    }
    Signals signals = null;
    Object subscriber = args[0];
    try {
      signals = subscribing();
      if (signals != null) {
        String type = subscribe.getParameterTypes()[0].getSimpleName();
        subscriber = Interfaces.proxy(subscriber, type, new Sink(subscriber, signals));
      }
    } catch (Throwable fault) {
      Faults.absorbed("a subscription was not watched", fault);
      subscriber = args[0]; // the application comes first
    }
    try {
      return passOn(subscribe, original, subscriber);
    } catch (Throwable e) {
      if (signals != null) {
        tell(signals, heard -> heard.failed(e));
      }
      throw e;
    } finally {
      if (signals != null) {
        tell(signals, this::subscribed);
      }
    }
  }

  /** The subscriber behind the library's publisher. */
  private static final class Sink implements InvocationHandler {
    private final Object original;
    private final Signals signals;

    Sink(Object original, Signals signals) {
      this.original = original;
      this.signals = signals;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      switch (method.getName()) {
        case "onSubscribe" -> args[0] = cancellable(method.getParameterTypes()[0], args[0]);
        case "onNext", "tryOnNext", "onSuccess" -> {
          tell(signals, heard -> heard.next(args[0]));
          long start = System.nanoTime();
          try {
            return passOn(method, original, args);
          } finally {
            long nanos = System.nanoTime() - start;
            tell(signals, heard -> heard.consumed(nanos));
          }
        }
        case "onError" -> tell(signals, heard -> heard.failed((Throwable) args[0]));
        case "onComplete" -> tell(signals, Signals::completed);
        case "equals" -> {
          if (method.getDeclaringClass() == Object.class) {
            return proxy == args[0];
          }
        }
        default -> {}
      }
      return passOn(method, original, args);
    }

    private Object cancellable(Class<?> type, Object subscription) {
      return Proxy.newProxyInstance(
          type.getClassLoader(),
          new Class<?>[] {type},
          (proxy, method, args) -> {
            if (method.getDeclaringClass() == Object.class && method.getName().equals("equals")) {
              return proxy == args[0];
            }
            if (method.getName().equals("cancel") || method.getName().equals("dispose")) {
              tell(signals, Signals::cancelled);
            }
            return passOn(method, subscription, args);
          });
    }
  }

  /** Whoever sends signals is the application's: what fails here must not fail there. */
  private static void tell(Signals signals, Consumer<Signals> what) {
    try {
      what.accept(signals);
    } catch (Throwable fault) {
      Faults.absorbed("a signal was not understood", fault);
    }
  }

  private static Object passOn(Method method, Object to, Object... args) throws Throwable {
    try {
      return method.invoke(to, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
