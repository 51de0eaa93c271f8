package reactor.core.publisher;

/** The requests of a subscriber. */
public interface Subscription {
  /** Asks for pieces. */
  void request(long pieces);

  /** Asks for no further pieces. */
  void cancel();
}
