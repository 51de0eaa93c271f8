package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.WatchedPublisher;
import java.util.function.Consumer;

/** The events of an answer as a library publishes them, in front of who takes them. */
public final class WatchedEvents extends WatchedPublisher {
  private final Consumer<Object> events;
  private final OpenStream stream;

  private WatchedEvents(Consumer<Object> events, OpenStream stream) {
    this.events = events;
    this.stream = stream;
  }

  /**
   * Returns a publisher in front of {@code publisher}.
   *
   * @param simpleName simple name of the interface that it must have
   * @param events gets each event
   * @param stream hears of a subscriber that wants no more, and of the time that subscribers take
   * @return {@code publisher} itself if it cannot be watched
   */
  public static Object inFrontOf(
      Object publisher, String simpleName, Consumer<Object> events, OpenStream stream) {
    return new WatchedEvents(events, stream).inFrontOf(publisher, simpleName);
  }

  @Override
  protected Signals subscribing() {
    return new Signals() {
      @Override
      public void next(Object event) {
        events.accept(event);
      }

      @Override
      public void consumed(long nanos) {
        stream.consumed(nanos);
      }

      @Override
      public void failed(Throwable error) {
        // It may be tried again: how the request ends is told elsewhere.
      }

      @Override
      public void completed() {}

      @Override
      public void cancelled() {
        stream.closed();
      }
    };
  }

  @Override
  protected void subscribed(Signals signals) {}
}
