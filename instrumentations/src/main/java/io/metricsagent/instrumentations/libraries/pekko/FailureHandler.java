package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods that the library calls when an actor throws: {@code handleInvokeFailure}, and
 * {@code handleReceiveException} of typed actors, whose supervisors may hide the exception from it.
 * Stateless.
 */
final class FailureHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Step.noteReceived(Step.FAILED);
    return null;
  }
}
