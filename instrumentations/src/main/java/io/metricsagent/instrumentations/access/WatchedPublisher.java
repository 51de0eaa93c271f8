package io.metricsagent.instrumentations.access;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.Flow;

/**
 * A publisher that wraps a publisher of Reactor, RxJava or the JDK. Demand, context and signals
 * pass through unchanged. The subscription is not a queue, so operators do not fuse across it.
 *
 * <p>Nothing happens until somebody subscribes, and each subscription is a call of its own.
 *
 * <p>The class is long because publisher, subscriber and subscription are three proxies that only
 * make sense together.
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

  /**
   * What goes along with a subscription from thread to thread: the work that the signals belong to.
   */
  public interface Carrier {
    /** The current thread is about to do work of the subscription; returns what it did before. */
    Object attach();

    /** The current thread goes back to what it did before. */
    void detach(Object before);

    /**
     * Returns the context that a subscriber of Reactor shows to the publisher: {@code context}
     * itself, or one with an entry more.
     */
    default Object context(Object context) {
      return context;
    }
  }

  /** The static methods that turn a publisher into an object of a library's type. */
  private static final String[][] FACTORIES = {
    {"reactor.core.publisher.Flux", "from"},
    {"reactor.core.publisher.Mono", "fromDirect"},
    {"io.reactivex.rxjava3.core.Flowable", "fromPublisher"},
    {"io.reactivex.rxjava3.core.Maybe", "wrap"},
    {"io.reactivex.rxjava3.core.Single", "wrap"},
    {"io.reactivex.rxjava3.core.Completable", "wrap"},
    {"io.reactivex.rxjava3.core.Observable", "wrap"},
    {"io.reactivex.Flowable", "fromPublisher"},
    {"io.reactivex.Maybe", "wrap"},
    {"io.reactivex.Single", "wrap"},
    {"io.reactivex.Completable", "wrap"},
    {"io.reactivex.Observable", "wrap"},
  };

  private static final String MULTI = "io.smallrye.mutiny.Multi";

  private static final String UNI = "io.smallrye.mutiny.Uni";

  /**
   * Somebody subscribes, on this thread.
   *
   * @return {@code null} if the subscription is not measured
   */
  protected abstract Signals subscribing();

  /**
   * Like {@link #subscribing()}, with what goes along with the subscription.
   *
   * @param carrier what {@link #carrier} returned, or {@code null}
   */
  protected Signals subscribing(Carrier carrier) {
    return subscribing();
  }

  /**
   * The call of {@code subscribe} has returned or failed; called on the same thread if {@code
   * signals} is not {@code null}.
   */
  protected abstract void subscribed(Signals signals);

  /**
   * Somebody is about to subscribe, on this thread.
   *
   * @return what goes along with the subscription, or {@code null}
   */
  protected Carrier carrier(Object subscriber) {
    return null;
  }

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

  /**
   * Returns a {@code Multi} that wraps one; {@code publisher} itself if it is no {@code Multi}. A
   * {@code Multi} is a publisher of the JDK's interface, but its users need its own type.
   */
  public final Object inFrontOfMulti(Flow.Publisher<?> publisher) {
    try {
      Class<?> multi = ClassNames.supertype(publisher.getClass(), MULTI);
      if (multi == null) {
        return publisher;
      }
      Object create = multi.getMethod("createFrom").invoke(null);
      return create
          .getClass()
          .getMethod("publisher", Flow.Publisher.class)
          .invoke(create, inFrontOf(publisher));
    } catch (ReflectiveOperationException e) {
      return publisher;
    }
  }

  /**
   * Returns a {@code Uni} that wraps one; {@code uni} itself if it cannot be wrapped. A {@code Uni}
   * is no publisher, but is made of one and turned into one.
   */
  public final Object inFrontOfUni(Object uni) {
    try {
      Class<?> type = ClassNames.supertype(uni.getClass(), UNI);
      if (type == null
          || !(type.getMethod("toMulti").invoke(uni) instanceof Flow.Publisher<?> publisher)) {
        return uni;
      }
      Object create = type.getMethod("createFrom").invoke(null);
      return create
          .getClass()
          .getMethod("publisher", Flow.Publisher.class)
          .invoke(create, inFrontOf(publisher));
    } catch (ReflectiveOperationException e) {
      return uni;
    }
  }

  /** Returns whether {@link #inFrontOf(Object)} can wrap publishers of a class. */
  public static boolean isTyped(Class<?> type) {
    return factory(type) != null;
  }

  /** Returns whether {@link #inFrontOfUni} can wrap objects of a class. */
  public static boolean isUni(Class<?> type) {
    return ClassNames.hasSupertype(type, UNI);
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
      private Carrier carrier;
      private Object before;

      Subscribing(Class<?> type) {
        this.type = type;
      }

      @Override
      public void before(Object[] args) {
        Carrier found = carrier(args[0]);
        if (found != null) {
          before = found.attach();
          carrier = found;
        }
        signals = subscribing(carrier);
        if (signals != null) {
          args[0] = new Sink(args[0], signals, carrier).as(type.getSimpleName());
        }
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        try {
          if (signals != null) {
            tell(thrown);
          }
        } finally {
          detach();
        }
        return result;
      }

      private void tell(Throwable thrown) {
        try {
          if (thrown != null) {
            signals.failed(thrown);
          }
        } finally {
          subscribed(signals);
        }
      }

      private void detach() {
        if (carrier != null) {
          carrier.detach(before);
        }
      }
    }
  }

  /** The proxy around the subscriber, which the library's publisher gets. */
  private static final class Sink extends StandIn {
    private final Signals signals;
    private final Carrier carrier;

    Sink(Object subscriber, Signals signals, Carrier carrier) {
      super(subscriber);
      this.signals = signals;
      this.carrier = carrier;
    }

    @Override
    protected Call around(Method method) {
      return switch (method.getName()) {
        case "onSubscribe" -> new Start(method.getParameterTypes()[0]);
        case "onNext", "tryOnNext", "onSuccess", "onItem" -> new Piece();
        case "onError", "onComplete", "onFailure", "onCompletion" -> new End();
        case "currentContext" -> carrier == null ? null : new Context();
        default -> null;
      };
    }

    /** The end, and what the subscriber does with it. */
    private final class End implements Call {
      private Object before;
      private boolean attached;

      @Override
      public void before(Object[] args) {
        if (carrier != null) {
          before = carrier.attach();
          attached = true;
        }
        if (args.length == 0) {
          signals.completed();
        } else {
          signals.failed((Throwable) args[0]);
        }
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        if (attached) {
          carrier.detach(before);
        }
        return result;
      }
    }

    /** The context of the subscriber, of Reactor. */
    private final class Context implements Call {
      @Override
      public void before(Object[] args) {
        // Only the result matters.
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        return result == null ? null : carrier.context(result);
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
      private Object before;
      private boolean attached;

      @Override
      public void before(Object[] args) {
        if (carrier != null) {
          before = carrier.attach();
          attached = true;
        }
        try {
          signals.next(args[0]);
        } finally {
          startNanos = System.nanoTime();
        }
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        try {
          signals.consumed(System.nanoTime() - startNanos);
        } finally {
          if (attached) {
            carrier.detach(before);
          }
        }
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
