package io.metricsagent.instrumentations.access;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.Flow;

/**
 * A publisher in front of one of Reactor's, RxJava's or the JDK's: demand, context and signals pass
 * through as they are, and as the subscription is not a queue, operators do not fuse across it.
 *
 * <p>Nothing happens until somebody subscribes, and each subscription is a call of its own.
 */
public abstract class WatchedPublisher {
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
      Object watched = new Source(publisher).as(factory.getParameterTypes()[0]);
      return watched == publisher ? publisher : factory.invoke(null, watched);
    } catch (ReflectiveOperationException e) {
      return publisher;
    }
  }

  /** Returns a publisher in front of one of the JDK's interface. */
  public final Object inFrontOf(Flow.Publisher<?> publisher) {
    return new Source(publisher).as(Flow.Publisher.class);
  }

  /**
   * Returns a publisher in front of one of a library's own interface; itself if that cannot be.
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

  /** What stands in front of the publisher; its default methods subscribe to it. */
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

  /** The subscriber behind the library's publisher. */
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

    /** The subscriber gets its subscription, as the one type that it asks for. */
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

    /** One value, and what the subscriber does with it. */
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

  /** A subscription that tells when the subscriber gives it up. */
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
