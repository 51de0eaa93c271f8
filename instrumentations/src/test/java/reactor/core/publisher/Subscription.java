package reactor.core.publisher;

/** What a subscriber says. */
public interface Subscription {
  /** Asks for pieces. */
  void request(long pieces);

  /** Wants no more. */
  void cancel();
}
