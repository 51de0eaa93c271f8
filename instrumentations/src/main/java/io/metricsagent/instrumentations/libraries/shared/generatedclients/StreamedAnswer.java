package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.ResultWatch;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Watches {@code HttpResponseFor<StreamResponse<T>>}, an answer in pieces. */
public final class StreamedAnswer implements ResultWatch {
  private final EventDecoder events;

  /** Makes a watch for pieces that {@code events} can read. */
  public StreamedAnswer(EventDecoder events) {
    this.events = events;
  }

  @Override
  public Object watch(Object result, OpenStream stream) {
    return new StandIn(result) {
      private Object original;
      private Object watched;

      @Override
      protected void thrown(String method, Throwable error) {
        if (method.equals("parse")) {
          stream.failed(error);
        }
      }

      @Override
      protected synchronized Object returned(String method, Object answer) {
        if (method.equals("close")) {
          stream.closed();
        }
        if (!method.equals("parse") || answer == null) {
          return answer;
        }
        if (original != answer) {
          original = answer;
          watched = pieces(answer, stream);
        }
        return watched;
      }
    }.as("HttpResponseFor");
  }

  private Object pieces(Object response, OpenStream stream) {
    return new StandIn(response) {
      private Object original;
      private Object watched;

      @Override
      protected synchronized Object returned(String method, Object answer) {
        if (method.equals("close")) {
          stream.closed();
        }
        if (!(answer instanceof Stream<?> pieces)) {
          return answer;
        }
        if (original != pieces) {
          original = pieces;
          watched =
              StreamSupport.stream(new WatchedPieces(pieces, stream, events), false)
                  .onClose(pieces::close)
                  .onClose(stream::closed);
        }
        return watched;
      }
    }.as("StreamResponse");
  }
}
