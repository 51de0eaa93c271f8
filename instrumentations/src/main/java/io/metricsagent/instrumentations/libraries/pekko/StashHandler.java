package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code stash()}, by which an actor puts the message aside that it handles. It throws
 * where the stash is full. Stateless.
 */
final class StashHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (thrown == null) {
      Step.notePutAside(Step.innermost(), Step.STASHED);
    }
    return result;
  }
}
