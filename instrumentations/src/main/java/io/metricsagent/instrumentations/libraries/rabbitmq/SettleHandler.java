package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code AMQChannel.transmit}: both classes of channels send {@code basic.ack}, {@code
 * basic.nack} and {@code basic.reject} with it, with the tags of the wire. A stale tag of a channel
 * that has recovered does not get here.
 */
final class SettleHandler extends SiteHandler {
  private final RabbitTracker tracker;

  SettleHandler(RabbitTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (!AmqpMethod.of(arg0).settles()) {
      return null;
    }
    ChannelMessages channel = tracker.channel(self);
    return channel == null ? null : Nesting.enter(this, channel, channel.settling(arg0));
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    ChannelMessages channel = (ChannelMessages) frame.self();
    Object settlement = frame.argument();
    if (Nesting.exit(frame) && thrown == null) {
      channel.settled(settlement);
    }
    return result;
  }
}
