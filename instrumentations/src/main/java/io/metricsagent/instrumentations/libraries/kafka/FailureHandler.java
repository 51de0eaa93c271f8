package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles methods of a listener container of Spring that are called when a message has failed
 * although its listener has returned: its transaction is rolled back, or the listener's future
 * fails.
 */
final class FailureHandler extends SiteHandler {
  /** What the method is called with. */
  enum Step {
    /** A message. */
    RECORD,
    /** The messages after a message, and the message. */
    RECORD_AMONG_OTHERS,
    /** A batch of messages. */
    BATCH
  }

  private final ListenerContainers containers;
  private final Step step;

  FailureHandler(ListenerContainers containers, Step step) {
    this.containers = containers;
    this.step = step;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ListenerContainer container = containers.of(self);
    if (container != null) {
      switch (step) {
        case RECORD -> container.failed(arg0);
        case RECORD_AMONG_OTHERS -> container.failed(arg1);
        case BATCH -> container.failedAll(arg0, (Throwable) arg2);
      }
    }
    return null;
  }
}
