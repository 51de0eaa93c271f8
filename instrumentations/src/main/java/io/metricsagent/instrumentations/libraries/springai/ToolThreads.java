package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunCarrier;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods that set and clear the context of Reactor in which the tools of a stream run,
 * on whatever thread. The context has the run.
 */
final class ToolThreads extends SiteHandler {
  @Override
  public Object enter(Object self, Object context, Object arg1, Object arg2) {
    FrameStack.current().adoptFromLibrary(context == null ? null : RunCarrier.in(context));
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }
}
