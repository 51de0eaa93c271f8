package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.Future;

/**
 * A method that sends a tool call to another process and returns a future of the answer. If the
 * library stops waiting, it may still return an ordinary result; only the future shows the failure.
 */
public final class ToolAnswerHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return FrameStack.current().top() instanceof ToolFrame top ? top : null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof Future<?> answer) {
      ((ToolFrame) token).waitsFor(answer);
    }
    return result;
  }
}
