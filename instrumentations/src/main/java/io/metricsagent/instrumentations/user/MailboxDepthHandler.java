package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/** A method that returns how many messages wait, whenever the application asks for it. */
final class MailboxDepthHandler extends SiteHandler {
  private final RuleMailbox mailbox;

  MailboxDepthHandler(RuleMailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public void inForce(boolean is) {
    mailbox.inForce(is);
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return Nesting.enter(this, self, null);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame call = (MailboxFrame) token;
    Object self = call.self();
    if (Nesting.exit(call) && result instanceof Number depth) {
      mailbox.of(self).series().recordDepth(depth.longValue());
    }
    return result;
  }
}
