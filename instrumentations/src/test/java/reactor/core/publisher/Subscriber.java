package reactor.core.publisher;

/** Receives what is published. */
public interface Subscriber {
  /** Is called first. */
  void onSubscribe(Subscription subscription);

  /** Receives a piece. */
  void onNext(Object piece);

  /** Is called last if the publisher failed. */
  void onError(Throwable error);

  /** Is called last if the publisher did not fail. */
  void onComplete();
}
