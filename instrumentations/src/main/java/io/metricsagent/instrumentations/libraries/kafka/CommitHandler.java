package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code KafkaConsumer.commitSync}, only to time it: what it settles, {@link
 * CommittedHandler} hears within the call. A commit of several topics is timed under the first one;
 * one that fails and names no topic, under the topic of the last messages. A commit of nothing is
 * not timed.
 */
final class CommitHandler extends SiteHandler {
  private final KafkaTracker tracker;

  CommitHandler(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    long begun = tracker.mailboxes().begin();
    MailboxFrame frame = begun == 0 ? null : Nesting.enter(this, self, arg0);
    if (frame != null) {
      frame.begunAt(begun);
    }
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    Object consumer = frame.self();
    Object offsets = frame.argument();
    long begun = frame.begun();
    MailboxMetrics mailbox = frame.mailbox();
    if (Nesting.exit(frame)) {
      ConsumerState state = thrown == null ? null : tracker.consumer(consumer);
      if (state != null) {
        mailbox = KafkaTracker.queueOfCommit(state, offsets);
      }
      Operation.SETTLE.ended(begun, mailbox, thrown);
    }
    return result;
  }
}
