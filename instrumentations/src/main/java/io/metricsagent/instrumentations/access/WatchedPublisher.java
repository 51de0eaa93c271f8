package io.metricsagent.instrumentations.access;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.Flow;

/**
 * A publisher that wraps a publisher of Reactor, RxJava or the JDK. Demand, context and signals
 * pass through unchanged. The subscription is not a queue, so operators do not fuse across it.
 *
 * <p>Nothing happens until somebody subscribes, and each subscription is a call of its own.
 */
public abstract class WatchedPublisher {
  /** Receives the signals of one subscription. */
  public interface Signals {
    /** A value arrived. */
    void next(Object value);

    /** The subscriber has handled a value, which took {@code nanos}. */
    default void consumed(long nanos) {}

    /** The publisher ended with an error. */
    void failed(Throwable error);

    /** The publisher completed. */
    void completed();

    /** The subscriber cancelled. */
    void cancelled();
  }

  /** The static methods that turn a publisher into an object of a library's type. */
  private static final String[][] FACTORIES = {
    {"reactor.core.publisher.Flux", "from"},
    {"reactor.core.publisher.Mono", "fromDirect"},
    {"io.reactivex.rxjava3.core.Flowable", "fromPublisher"},
    {"io.reactivex.rxjava3.core.Maybe", "wrap"},
  };

  /**
   * Somebody subscribes, on this thread.
   *
   * @return {@code null} if the subscription is not measured
   */
  protected abstract Signals subscribing();

  /**
   * The call of {@code subscribe} has returned or failed; called on the same thread if {@code
   * signals} is not {@code null}.
   */
  protected abstract void subscribed(Signals signals);

  /**
   * Returns a publisher of the same type that wraps {@code publisher}; {@code publisher} itself if
   * it cannot be wrapped.
   */
  public final Object inFrontOf(Object publisher) {
    try {
      Method factory = factory(publisher.getClass());
      if (factory == null) {
        return publisher;
      }
      Object watched = new Source(publisher).as(factory.getParameterTypes()[0]);
      return watched == publisher ? publisher : factory.invoke(null, watched);
    } catch (ReflectiveOperationException e) {
      return publisher;
    }
  }

  /** Returns a publisher that wraps a publisher of the JDK's interface. */
  public final Object inFrontOf(Flow.Publisher<?> publisher) {
    return new Source(publisher).as(Flow.Publisher.class);
  }

  /**
   * Returns a publisher that wraps a publisher of a library's own interface; {@code publisher}
   * itself if it cannot be wrapped.
   *
   * @param simpleName simple name of the interface
   */
  public final Object inFrontOf(Object publisher, String simpleName) {
    for (Class<?> type : Interfaces.of(publisher)) {
      if (type.getSimpleName().equals(simpleName)) {
        return new Source(publisher).as(type);
      }
    }
    return publisher;
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

  /**
   * The proxy around the publisher. The default methods of its interface subscribe to the proxy.
   */
  private final class Source extends StandIn {
    Source(Object publisher) {
      super(publisher);
    }

    @Override
    protected boolean keepsDefaults() {
      return true;
    }

    @Override
    protected Call around(Method method) {
      return isSubscribe(method) ? new Subscribing(method.getParameterTypes()[0]) : null;
    }

    /** One call of {@code subscribe}. */
    private final class Subscribing implements Call {
      private final Class<?> type;
      private Signals signals;

      Subscribing(Class<?> type) {
        this.type = type;
      }

      @Override
      public void before(Object[] args) {
        signals = subscribing();
        if (signals != null) {
          args[0] = new Sink(args[0], signals).as(type.getSimpleName());
        }
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        if (signals != null) {
          try {
            if (thrown != null) {
              signals.failed(thrown);
            }
          } finally {
            subscribed(signals);
          }
        }
        return result;
      }
    }
  }

  /** The proxy around the subscriber, which the library's publisher gets. */
  private static final class Sink extends StandIn {
    private final Signals signals;

    Sink(Object subscriber, Signals signals) {
      super(subscriber);
      this.signals = signals;
    }

    @Override
    protected Call around(Method method) {
      return switch (method.getName()) {
        case "onSubscribe" -> new Start(method.getParameterTypes()[0]);
        case "onNext", "tryOnNext", "onSuccess" -> new Piece();
        default -> super.around(method);
      };
    }

    @Override
    protected void calling(String method, Object[] args) {
      switch (method) {
        case "onError" -> signals.failed((Throwable) args[0]);
        case "onComplete" -> signals.completed();
        default -> {}
      }
    }

    /**
     * Passes the subscription on to the subscriber, as a proxy of the type that {@code onSubscribe}
     * takes.
     */
    private final class Start implements Call {
      private final Class<?> type;

      Start(Class<?> type) {
        this.type = type;
      }

      @Override
      public void before(Object[] args) {
        args[0] = new Cancellable(args[0], signals).as(type);
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        return result;
      }
    }

    /** One value, and the time that the subscriber takes for it. */
    private final class Piece implements Call {
      private long startNanos;

      @Override
      public void before(Object[] args) {
        try {
          signals.next(args[0]);
        } finally {
          startNanos = System.nanoTime();
        }
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        signals.consumed(System.nanoTime() - startNanos);
        return result;
      }
    }
  }

  /** The proxy around the subscription, which sees that the subscriber cancels. */
  private static final class Cancellable extends StandIn {
    private final Signals signals;

    Cancellable(Object subscription, Signals signals) {
      super(subscription);
      this.signals = signals;
    }

    @Override
    protected void calling(String method, Object[] args) {
      if (method.equals("cancel") || method.equals("dispose")) {
        signals.cancelled();
      }
    }
  }
}
