package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.ResultWatch;

/**
 * Watches {@code HttpResponseFor<T>}, an answer that is parsed on demand. If the application reads
 * the body itself, the request ends when the answer is closed, with unknown tokens.
 */
public final class ParsedAnswer implements ResultWatch {
  private static final Accessor STATUS = Accessor.path("statusCode()");
  private static final int FIRST_ERROR = 400;

  @Override
  public Object watch(Object result, OpenStream stream) {
    long returned = System.nanoTime();
    return new StandIn(result) {
      private boolean asked;

      @Override
      protected synchronized void calling(String method, Object[] args) {
        if (!asked && method.equals("parse")) {
          asked = true;
          stream.paused(System.nanoTime() - returned);
        }
      }

      @Override
      protected void thrown(String method, Throwable error) {
        if (method.equals("parse")) {
          stream.failed(error);
        }
      }

      @Override
      protected Object returned(String method, Object answer) {
        if (method.equals("parse")) {
          stream.completed(answer);
        } else if (method.equals("close")) {
          long status = STATUS.readLong(result);
          if (status < FIRST_ERROR) {
            stream.completed(null);
          } else {
            stream.failed(Errors.ofType(Long.toString(status)));
          }
        }
        return answer;
      }
    }.as("HttpResponseFor");
  }
}
