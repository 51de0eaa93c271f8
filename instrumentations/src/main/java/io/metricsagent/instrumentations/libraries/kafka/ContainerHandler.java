package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles methods of the object that polls for a listener container of Spring. The frame around a
 * poll tells {@link PollHandler} whose poll it is, also where the application has wrapped the
 * consumer.
 */
final class ContainerHandler extends SiteHandler {
  /** What the method does. */
  enum Step {
    /** The constructor looks at the listener. */
    MAKE,
    /** The container polls. */
    POLL
  }

  private final ListenerContainers containers;
  private final Step step;

  ContainerHandler(ListenerContainers containers, Step step) {
    this.containers = containers;
    this.step = step;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (step == Step.MAKE) {
      containers.made(self, arg0);
      return null;
    }
    ListenerContainer container = containers.of(self);
    if (container == null) {
      return null;
    }
    containers.onThisThread(container);
    return Nesting.enter(this, self, null);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Nesting.exit((MailboxFrame) token);
    return result;
  }
}
