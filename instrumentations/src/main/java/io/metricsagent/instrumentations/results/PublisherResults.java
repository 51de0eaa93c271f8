package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.FramePublisher;
import io.metricsagent.instrumentations.calls.FrameStack;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.Flow;

/**
 * Publishers of Reactor, RxJava, Mutiny, Reactive Streams and the JDK. Each subscription is a call
 * of its own. A value of a {@code Mono}, {@code Single}, {@code Maybe} or {@code Uni} ends its
 * call.
 */
final class PublisherResults extends ResultFamily {
  /**
   * Types that are published to whether or not somebody subscribes, or have methods of their own.
   */
  private static final Set<String> SPECIAL =
      Set.of(
          "reactor.core.publisher.ConnectableFlux",
          "reactor.core.publisher.GroupedFlux",
          "reactor.core.publisher.ParallelFlux",
          "io.reactivex.rxjava3.flowables.ConnectableFlowable",
          "io.reactivex.rxjava3.flowables.GroupedFlowable",
          "io.reactivex.rxjava3.observables.ConnectableObservable",
          "io.reactivex.rxjava3.observables.GroupedObservable",
          "io.reactivex.flowables.ConnectableFlowable",
          "io.reactivex.flowables.GroupedFlowable",
          "io.reactivex.observables.ConnectableObservable",
          "io.reactivex.observables.GroupedObservable");

  private static final Set<String> SINGLE =
      Set.of(
          "reactor.core.publisher.Mono",
          "io.reactivex.rxjava3.core.Single",
          "io.reactivex.rxjava3.core.Maybe",
          "io.reactivex.rxjava3.core.Completable",
          "io.reactivex.Single",
          "io.reactivex.Maybe",
          "io.reactivex.Completable");

  private static final String PUBLISHER = "org.reactivestreams.Publisher";

  private final boolean typed;
  private final boolean uni;
  private final boolean single;

  private PublisherResults(boolean typed, boolean uni, boolean single) {
    this.typed = typed;
    this.uni = uni;
    this.single = single;
  }

  /** Returns whether a class is a publisher of a library. */
  static boolean knows(Class<?> type) {
    return WatchedPublisher.isTyped(type)
        || WatchedPublisher.isUni(type)
        || ClassNames.hasSupertype(type, PUBLISHER);
  }

  /** Returns the family of a publisher's class; {@code null} for one that is left alone. */
  static PublisherResults of(Class<?> type) {
    boolean typed = WatchedPublisher.isTyped(type);
    if (typed && hasMethodsOfItsOwn(type)) {
      return null;
    }
    boolean uni = WatchedPublisher.isUni(type);
    return new PublisherResults(typed, uni, uni || hasSuperclass(type, SINGLE));
  }

  /**
   * Returns whether the application may know a type's own class, and cast to it. The operators of
   * RxJava are public, in a package that says that they are not.
   */
  private static boolean hasMethodsOfItsOwn(Class<?> type) {
    return (Modifier.isPublic(type.getModifiers()) && !type.getName().contains(".internal."))
        || hasSuperclass(type, SPECIAL);
  }

  private static boolean hasSuperclass(Class<?> type, Set<String> names) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (names.contains(c.getName())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean waitsForSubscribers() {
    return true;
  }

  @Override
  public Object follow(Object result, Class<?> declared, FollowedCall call) {
    if (call.hasAnswered()) {
      return result;
    }
    Object watched = watched(result, declared, new Calls(call, single));
    if (watched == result || !declared.isInstance(watched)) {
      return result;
    }
    call.waitsForSubscribers();
    return watched;
  }

  private Object watched(Object result, Class<?> declared, Calls calls) {
    if (typed) {
      return calls.inFrontOf(result);
    }
    if (!declared.isInterface()) {
      return result;
    }
    if (uni) {
      return calls.inFrontOfUni(result);
    }
    if (result instanceof Flow.Publisher<?> publisher) {
      Object multi = calls.inFrontOfMulti(publisher);
      return multi == publisher ? calls.inFrontOf(publisher) : multi;
    }
    return calls.inFrontOf(result, "Publisher");
  }

  /** The subscriptions of one publisher. */
  private static final class Calls extends FramePublisher {
    private final FollowedCall call;
    private final boolean single;

    Calls(FollowedCall call, boolean single) {
      super(call.contexts());
      this.call = call;
      this.single = single;
    }

    @Override
    protected Signals begin(FrameStack stack) {
      OpenCall open = call.begins(stack, !single);
      return open == null ? null : new Subscription(open, single);
    }

    @Override
    protected void subscribed(Signals signals) {
      call.begun(((Subscription) signals).call);
    }
  }

  /** One subscription. */
  private static final class Subscription implements WatchedPublisher.Signals {
    private final OpenCall call;
    private final boolean single;

    /** Written by the thread that publishes; only one thread at a time does. */
    private Object last;

    Subscription(OpenCall call, boolean single) {
      this.call = call;
      this.single = single;
    }

    @Override
    public void next(Object value) {
      if (single) {
        call.ended(value);
      } else {
        last = value;
        call.piece(value);
      }
    }

    @Override
    public void consumed(long nanos) {
      if (!single) {
        call.handled(nanos);
      }
    }

    @Override
    public void failed(Throwable error) {
      call.failed(error);
    }

    @Override
    public void completed() {
      call.ended(last);
    }

    @Override
    public void cancelled() {
      call.cancelled();
    }
  }
}
