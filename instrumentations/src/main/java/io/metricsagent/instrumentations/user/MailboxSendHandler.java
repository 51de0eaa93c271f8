package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.values.Messages;
import io.metricsagent.instrumentations.user.values.Moment;

/** A method that puts messages into a queue: notes when, before another thread may take them. */
final class MailboxSendHandler extends SiteHandler implements Messages.Visitor<SentTimes> {
  private final SentTimes sent;
  private final Messages<SentTimes> messages;

  MailboxSendHandler(MailboxRule.Send rule, SentTimes sent) {
    this.sent = sent;
    messages = Messages.of(MailboxRows.message(rule), Moment.BEGIN, MailboxRows.places(rule));
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    FrameStack stack = FrameStack.current();
    if (stack.beginReading()) {
      try {
        messages.visit(messages.read(self, arg0, arg1, arg2), this, sent);
      } finally {
        stack.endReading();
      }
    }
    return null;
  }

  @Override
  public void message(SentTimes times, Object message) {
    if (message != null) {
      times.sent(message);
    }
  }
}
