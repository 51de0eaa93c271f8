package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.runs.StreamedRuns;

/**
 * Handles {@code StreamingHandle}s, which the callback gets with each piece from 1.8 on. After a
 * cancellation by such a handle, the callback gets no further call.
 */
final class StreamingHandles extends SiteHandler {
  private static final Accessor HANDLE = Accessor.path("streamingHandle()");
  private static final int MAX_STREAMS = 10_000;

  private final WeakMap<Object, OpenStream> streams = new WeakMap<>(MAX_STREAMS);
  private final EventStream events;

  StreamingHandles(EventStream events) {
    this.events = events;
  }

  /** Notes which stream a handle belongs to; the handle is in the context of a piece. */
  void seen(Object context, OpenStream stream) {
    Object handle = HANDLE.read(context);
    if (handle != null && streams.get(handle) != stream) {
      streams.put(handle, stream);
    }
  }

  /**
   * Ends the request at the call of {@code cancel}, before the library closes the connection and
   * reports an error.
   */
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    OpenStream stream = streams.get(self);
    if (stream != null) {
      stream.closed();
      if (events.isOn()) {
        StreamedRuns.cancelled(events, stream.run());
      }
    }
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }
}
