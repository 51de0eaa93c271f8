package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the recoverer by which Spring publishes messages to other topics: to topics of dead
 * letters, and to topics from where they are retried, which the resolver of destinations tells
 * apart.
 */
final class RecoveryHandler extends SiteHandler {
  /** What the method does. */
  enum Step {
    /** It publishes a message. */
    RECOVER,
    /** It chooses the topic, within the method that publishes. */
    RESOLVE
  }

  private static final Accessor TO_DEAD_LETTERS = Accessor.path("isDltTopic()");
  private static final Accessor NOWHERE = Accessor.path("isNoOpsTopic()");
  private static final Accessor NAME = Accessor.path("getDestinationName()");

  private final ListenerContainers containers;
  private final Step step;

  RecoveryHandler(ListenerContainers containers, Step step) {
    this.containers = containers;
    this.step = step;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ListenerContainer container = containers.ofThisThread();
    if (container == null) {
      return null;
    }
    if (step == Step.RESOLVE) {
      return arg1; // the topic that the message is from
    }
    container.recovers();
    return arg0;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    ListenerContainer container = containers.ofThisThread();
    if (thrown == null && container != null) {
      if (step == Step.RECOVER) {
        container.recovered(token);
      } else {
        container.passesOn(isRetried(result, token));
      }
    }
    return result;
  }

  /** A topic of dead letters may retry its own messages, by publishing them to itself. */
  private static boolean isRetried(Object destination, Object from) {
    return Boolean.FALSE.equals(NOWHERE.read(destination))
        && (Boolean.FALSE.equals(TO_DEAD_LETTERS.read(destination))
            || from.equals(NAME.read(destination)));
  }
}
