package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.RunStream;
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

  /**
   * What a handle cancels.
   *
   * @param ofRun the stream with which a run ends that the request belongs to, or {@code null}
   */
  private record Cancellable(OpenStream request, RunStream ofRun) {}

  private final WeakMap<Object, Cancellable> streams = new WeakMap<>(MAX_STREAMS);
  private final EventStream events;

  StreamingHandles(EventStream events) {
    this.events = events;
  }

  /** Notes which request a handle belongs to; the handle is in the context of a piece. */
  void seen(Object context, OpenStream request, RunStream ofRun) {
    Object handle = HANDLE.read(context);
    Cancellable known = handle == null ? null : streams.get(handle);
    if (handle != null && (known == null || known.request != request)) {
      streams.put(handle, new Cancellable(request, ofRun));
    }
  }

  /**
   * Ends the request at the call of {@code cancel}, before the library closes the connection and
   * reports an error.
   */
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Cancellable stream = streams.get(self);
    if (stream != null) {
      stream.request.closed();
      if (stream.ofRun != null) {
        StreamedRuns.cancelled(events, stream.ofRun);
      }
    }
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }
}
