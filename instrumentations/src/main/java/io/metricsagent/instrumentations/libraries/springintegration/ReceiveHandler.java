package io.metricsagent.instrumentations.libraries.springintegration;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code QueueChannel.doReceive}, which {@code PriorityChannel} calls from its own, so each
 * message passes here once. No message means that the time ran out or the thread was interrupted.
 */
final class ReceiveHandler extends SiteHandler {
  private final ChannelTracker tracker;

  ReceiveHandler(ChannelTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    ChannelState channel = result == null ? null : tracker.channel(token);
    if (channel != null) {
      channel.received(result);
    }
    return result;
  }
}
