package io.metricsagent.instrumentations.libraries.springintegration;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code QueueChannel.doSend}: the message gets its time before it is in the queue, from
 * where another thread may take it at once. So the age includes the time for which the sender waits
 * for room.
 */
final class SendHandler extends SiteHandler {
  private final ChannelTracker tracker;

  SendHandler(ChannelTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ChannelState channel = arg0 == null ? null : tracker.channel(self);
    if (channel == null) {
      return null;
    }
    channel.sending(arg0);
    return Nesting.enter(channel, channel, arg0);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    ChannelState channel = (ChannelState) frame.self();
    Object message = frame.argument();
    if (Nesting.exit(frame) && !Boolean.TRUE.equals(result)) {
      channel.removed(message);
    }
    return result;
  }
}
