package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.StreamCallback;
import io.metricsagent.instrumentations.llm.WatchedEvents;

/**
 * Watches an {@code EventStreamResponseHandler}, which gets a publisher of events for each attempt.
 * The future that the client returns tells how the request ends.
 */
final class EventStreamHandler implements StreamCallback {
  /** Reads events. Stateless. */
  interface Events {
    /** Reports to {@code stream} what an event means. */
    void read(Object event, OpenStream stream);
  }

  private final Events events;

  EventStreamHandler(Events events) {
    this.events = events;
  }

  @Override
  public Object watch(Object callback, OpenStream stream) {
    return new StandIn(callback) {
      @Override
      protected void calling(String method, Object[] args) {
        if (method.equals("onEventStream")) {
          args[0] =
              WatchedEvents.inFrontOf(
                  args[0], "SdkPublisher", event -> read(event, stream), stream);
        }
      }
    }.as("EventStreamResponseHandler");
  }

  private void read(Object event, OpenStream stream) {
    stream.keep(event);
    events.read(event, stream);
  }
}
