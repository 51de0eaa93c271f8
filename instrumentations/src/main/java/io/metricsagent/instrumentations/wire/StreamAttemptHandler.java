package io.metricsagent.instrumentations.wire;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A method that sends a request over the wire whose answer comes later, as a stream. Its call marks
 * the end of the render phase.
 */
public final class StreamAttemptHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (FrameStack.current().top() instanceof RequestFrame top
        && top.isOpen()
        && !top.attempts().haveBegun()) {
      top.attempts().began(System.nanoTime());
    }
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }
}
