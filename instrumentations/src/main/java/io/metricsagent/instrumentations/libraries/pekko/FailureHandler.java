package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods that the library calls with what an actor throws: {@code
 * handleInvokeFailure}, and {@code isInstanceOfTheThrowableClass} of typed actors' supervisors,
 * which may hide the exception from it. Stateless.
 */
final class FailureHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if ((arg1 == null ? arg0 : arg1) instanceof Throwable failure) {
      Step.noteFailed(failure);
    }
    return null;
  }
}
