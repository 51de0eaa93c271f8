package reactor.core.publisher;

/** As that of Reactive Streams, which is another type than the JDK's. */
public interface Publisher {
  /** Has the subscriber told what is published. */
  void subscribe(Subscriber subscriber);
}
