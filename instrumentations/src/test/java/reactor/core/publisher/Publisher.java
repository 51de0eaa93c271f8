package reactor.core.publisher;

/** Like the interface of Reactive Streams, which is another type than the JDK's. */
public interface Publisher {
  /** Sends what is published to the subscriber. */
  void subscribe(Subscriber subscriber);
}
