package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code KafkaConsumer.poll}, whose result the application gets. Nested polls of one
 * consumer count as one; a listener of the application may poll another consumer within a poll. A
 * listener container of Spring hands over what it polls only afterwards ({@link ListenerHandler}).
 * A poll that fails is timed under the topic of the messages before; one that the application has
 * woken up has not failed.
 */
final class PollHandler extends SiteHandler {
  private final KafkaTracker tracker;

  PollHandler(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState consumer = tracker.polled(self);
    if (FrameStack.current().top() instanceof MailboxFrame frame) {
      ListenerContainer container = tracker.containers().of(frame.self());
      if (container != null) {
        container.polls(consumer);
      }
    }
    MailboxFrame poll = Nesting.enter(self, self, null);
    if (poll != null) {
      poll.begunAt(tracker.mailboxes().begin());
      poll.note(consumer);
    }
    return poll;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    Object self = frame.self();
    ConsumerState consumer = (ConsumerState) frame.note();
    long begun = frame.begun();
    if (!Nesting.exit(frame)) {
      return result;
    }
    if (result != null) {
      MailboxMetrics first = consumer.polled(self, result, tracker.assignments());
      Operation.RECEIVE.ended(begun, first);
    } else if (begun != 0 && thrown != null) {
      Operation.RECEIVE.ended(begun, consumer.last(), thrown);
    }
    return result;
  }
}
