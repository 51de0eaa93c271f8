package io.metricsagent.instrumentations.testing;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;

/** Makes and reads publishers. */
public final class Fluxes {
  private static final Subscription NO_DEMAND =
      new Subscription() {
        @Override
        public void request(long pieces) {}

        @Override
        public void cancel() {}
      };

  private Fluxes() {}

  /** Returns a publisher that runs a task for each subscriber and never sends a signal. */
  public static Flux<Object> silent(Runnable subscribed) {
    return Flux.from(
        subscriber -> {
          subscribed.run();
          subscriber.onSubscribe(NO_DEMAND);
        });
  }

  /** Returns a publisher that publishes pieces and completes. */
  public static Flux<Object> of(Object... pieces) {
    return Flux.from(
        subscriber -> {
          subscriber.onSubscribe(NO_DEMAND);
          for (Object piece : pieces) {
            subscriber.onNext(piece);
          }
          subscriber.onComplete();
        });
  }

  /** Returns a publisher that publishes pieces and then fails. */
  public static Flux<Object> failed(Throwable error, Object... pieces) {
    return Flux.from(
        subscriber -> {
          subscriber.onSubscribe(NO_DEMAND);
          for (Object piece : pieces) {
            subscriber.onNext(piece);
          }
          subscriber.onError(error);
        });
  }

  /** Subscribes and cancels at once. */
  public static void cancel(Object flux) {
    ((Flux<?>) flux)
        .subscribe(
            new Subscriber<Object>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.cancel();
              }

              @Override
              public void onNext(Object piece) {}

              @Override
              public void onError(Throwable error) {}

              @Override
              public void onComplete() {}
            });
  }

  /** Returns a publisher that completes at once. */
  public static Flux<Object> empty() {
    return Flux.from(
        subscriber -> {
          subscriber.onSubscribe(NO_DEMAND);
          subscriber.onComplete();
        });
  }

  /** Subscribes and asks for all values. */
  public static void read(Object flux) {
    ((Flux<?>) flux)
        .subscribe(
            new Subscriber<Object>() {
              @Override
              public void onSubscribe(Subscription subscription) {}

              @Override
              public void onNext(Object piece) {}

              @Override
              public void onError(Throwable error) {}

              @Override
              public void onComplete() {}
            });
  }
}
