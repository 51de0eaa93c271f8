package io.metricsagent.instrumentations.bedrock;

import io.metricsagent.instrumentations.operations.Interfaces;
import io.metricsagent.instrumentations.operations.OpenStream;
import io.metricsagent.instrumentations.operations.StreamCallback;
import io.metricsagent.instrumentations.operations.WatchedEvents;
import java.lang.reflect.InvocationTargetException;

/**
 * Watches an {@code EventStreamResponseHandler}: it gets a publisher of events, once an attempt.
 * How the request ends, the future that the client returns tells.
 */
final class EventStreamHandler implements StreamCallback {
  /** Reads events. Stateless. */
  interface Events {
    /** Tells {@code stream} what an event means. */
    void read(Object event, OpenStream stream);
  }

  private final Events events;

  EventStreamHandler(Events events) {
    this.events = events;
  }

  @Override
  public Object watch(Object callback, OpenStream stream) {
    return Interfaces.proxy(
        callback,
        "EventStreamResponseHandler",
        (proxy, method, args) -> {
          if (method.getName().equals("onEventStream")) {
            args[0] =
                WatchedEvents.inFrontOf(
                    args[0], "SdkPublisher", event -> events.read(event, stream), stream);
          }
          try {
            return method.invoke(callback, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
