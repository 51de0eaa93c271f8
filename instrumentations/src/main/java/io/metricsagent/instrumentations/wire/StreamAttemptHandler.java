package io.metricsagent.instrumentations.wire;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A method that sends a request over the wire whose answer comes later, as a stream. Its call marks
 * the end of the render phase.
 */
public final class StreamAttemptHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Frame top = FrameStack.current().top();
    if (top != null
        && top.kind == Frame.Kind.LLM
        && top.isInOpenRequest()
        && !top.root.isAttempted()) {
      top.root.attemptBegan(System.nanoTime());
    }
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }
}
