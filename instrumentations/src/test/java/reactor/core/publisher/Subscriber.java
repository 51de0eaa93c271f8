package reactor.core.publisher;

/** Who is told what is published. */
public interface Subscriber {
  /** Comes first. */
  void onSubscribe(Subscription subscription);

  /** A piece. */
  void onNext(Object piece);

  /** The last word, if it failed. */
  void onError(Throwable error);

  /** The last word, if all went well. */
  void onComplete();
}
