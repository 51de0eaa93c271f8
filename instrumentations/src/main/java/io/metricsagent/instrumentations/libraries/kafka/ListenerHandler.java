package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods by which a listener container of Spring hands messages to its listener. A
 * listener of a topic for retries is first asked whether it is time for the message: only then the
 * message is handed over.
 */
final class ListenerHandler extends SiteHandler {
  /** What the method hands over. */
  enum Step {
    /** One message, to the listener or the adapter around it. */
    RECORD,
    /** One message whose time has come, from the adapter to the listener. */
    IN_TIME,
    /** A batch of messages. */
    BATCH
  }

  private final ListenerContainers containers;
  private final Step step;

  ListenerHandler(ListenerContainers containers, Step step) {
    this.containers = containers;
    this.step = step;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (step == Step.IN_TIME) {
      inTime();
      return null;
    }
    ListenerContainer container = containers.of(self);
    if (container == null || arg0 == null) {
      return null;
    }
    if (step == Step.RECORD) {
      container.begins(arg0);
    } else {
      container.handOverAll(arg0);
    }
    MailboxFrame frame = Nesting.enter(this, container, arg0);
    if (frame != null) {
      frame.begunAt(containers.begin());
    }
    return frame;
  }

  private static void inTime() {
    if (FrameStack.current().top() instanceof MailboxFrame frame
        && frame.self() instanceof ListenerContainer container) {
      container.handOver(frame.argument());
    }
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    ListenerContainer container = (ListenerContainer) frame.self();
    Object messages = frame.argument();
    long begun = frame.begun();
    if (!Nesting.exit(frame)) {
      return result;
    }
    boolean listened = true;
    if (step == Step.RECORD) {
      listened = container.ends(messages, thrown);
    } else if (thrown != null) {
      container.failedAll(messages, thrown);
    }
    if (begun != 0 && listened) {
      MailboxMetrics mailbox =
          step == Step.RECORD ? container.queueOf(messages) : container.queueOfBatch(messages);
      Operation.PROCESS.ended(begun, mailbox, ListenerContainer.ofListener(thrown));
    }
    return result;
  }
}
