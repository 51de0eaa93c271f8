package io.metricsagent.instrumentations.libraries.springintegration;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.List;

/** Handles {@code QueueChannel.clear} and {@code purge}, which return what they have removed. */
final class RemoveHandler extends SiteHandler {
  private final ChannelTracker tracker;

  RemoveHandler(ChannelTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    ChannelState channel = tracker.channel(token);
    if (channel != null && result instanceof List<?> messages) {
      for (Object message : messages) {
        channel.removed(message);
      }
    }
    return result;
  }
}
