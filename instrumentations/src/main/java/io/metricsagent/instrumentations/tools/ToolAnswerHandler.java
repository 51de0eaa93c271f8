package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.Future;

/**
 * A method that sends a tool call to another process and returns a future of the answer. If the
 * library stops waiting, it may still return an ordinary result; only the future shows the failure.
 */
public final class ToolAnswerHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Frame top = FrameStack.current().top();
    return top != null && top.kind == Frame.Kind.TOOL ? top : null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof Future<?> answer) {
      ((Frame) token).answer = answer;
    }
    return result;
  }
}
