package reactor.core.publisher;

/** As much of Reactor's type as the agent asks for: how one is made of a publisher. */
public final class Flux implements Flux.Publisher {
  private final Publisher source;

  /** As that of Reactive Streams, which is another type than the JDK's. */
  public interface Publisher {
    /** Has the subscriber told what is published. */
    void subscribe(Subscriber subscriber);
  }

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

  /** What a subscriber says. */
  public interface Subscription {
    /** Asks for pieces. */
    void request(long pieces);

    /** Wants no more. */
    void cancel();
  }

  private Flux(Publisher source) {
    this.source = source;
  }

  /** Makes one. */
  public static Flux from(Publisher source) {
    return new Flux(source);
  }

  @Override
  public void subscribe(Subscriber subscriber) {
    source.subscribe(subscriber);
  }
}
