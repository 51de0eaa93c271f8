package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.WatchedPublisher;
import java.util.function.Consumer;

/**
 * A publisher between a library's publisher of events and its subscribers, which sees each event of
 * an answer.
 */
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
   * @param simpleName simple name of the interface that the publisher must have
   * @param events receives each event
   * @param stream is told when a subscriber cancels, and how long subscribers take for each event
   * @return {@code publisher} itself if it cannot be wrapped
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
        // The attempt may be retried: the end of the request is reported elsewhere.
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
