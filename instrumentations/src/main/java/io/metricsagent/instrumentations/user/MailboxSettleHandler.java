package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.results.Stages;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Messages;
import io.metricsagent.instrumentations.user.values.Moment;
import java.util.concurrent.CompletionStage;

/**
 * A method that settles messages.
 *
 * <ul>
 *   <li>Of calls within each other, of whatever rules, the outermost counts: a dead letter that
 *       acknowledges within is a dead letter.
 *   <li>A call that throws, returns {@code false}, or whose future fails, settles nothing.
 *   <li>If the rule says what identifies a message, its first settlement counts, until the message
 *       is received again. A message that nobody was seen to receive counts, too.
 *   <li>A collection or an array of ids is as many messages.
 * </ul>
 */
final class MailboxSettleHandler extends SiteHandler
    implements Messages.Visitor<RuleMailbox.Box>, Nesting.Kind {
  private final RuleMailbox mailbox;
  private final Stages stages = new Stages();
  private final Outcome outcome;
  private final Messages<RuleMailbox.Box> ids;

  MailboxSettleHandler(MailboxRule.Settle rule, Outcome outcome, RuleMailbox mailbox) {
    this.mailbox = mailbox;
    this.outcome = outcome;
    ArgumentPlaces places = MailboxRows.places(rule);
    ids = Messages.of(MailboxRows.id(rule), Moment.BEGIN, places);
  }

  @Override
  public void inForce(boolean is) {
    mailbox.inForce(is);
  }

  /** The ids are read first, because a settled message may know its own no more. */
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    FrameStack stack = FrameStack.current();
    if (!stack.beginReading()) {
      return null;
    }
    Object settled;
    try {
      settled = ids.read(self, arg0, arg1, arg2);
    } finally {
      stack.endReading();
    }
    return Nesting.enterKind(this, self, settled);
  }

  @Override
  public boolean isPart(MailboxFrame outer, Object self, Object argument) {
    return outer.owner() instanceof MailboxSettleHandler;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame call = (MailboxFrame) token;
    Object self = call.self();
    Object settled = call.argument();
    if (!Nesting.exit(call) || thrown != null) {
      return result;
    }
    if (stages.has(result)) {
      ((CompletionStage<?>) result)
          .whenComplete((value, error) -> ended(self, settled, value, error));
    } else {
      ended(self, settled, result, null);
    }
    return result;
  }

  /** The call has ended with this value or this exception. */
  private void ended(Object self, Object settled, Object value, Throwable error) {
    if (error != null || Boolean.FALSE.equals(value)) {
      return;
    }
    FrameStack stack = FrameStack.current();
    boolean first = stack.beginReading();
    try {
      RuleMailbox.Box box = mailbox.of(self);
      if (settled == null) {
        message(box, null);
      } else {
        ids.visit(settled, this, box);
      }
    } finally {
      if (first) {
        stack.endReading();
      }
    }
  }

  @Override
  public void message(RuleMailbox.Box box, Object id) {
    if (id == null || !mailbox.hasIds() || box.settle(mailbox.hash(id))) {
      outcome.record(box.series(), 1);
    }
  }
}
