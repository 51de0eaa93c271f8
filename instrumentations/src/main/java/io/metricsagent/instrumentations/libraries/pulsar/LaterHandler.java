package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * Handles {@code ConsumerImpl.doReconsumeLater}, which sends a message to the topic for retries and
 * acknowledges it, or to that for dead letters. There it is a new message.
 */
final class LaterHandler extends SiteHandler {
  private static final Accessor ID = Accessor.path("getMessageId()");

  private final PulsarTracker tracker;

  LaterHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState consumer = tracker.consumer(self);
    if (consumer == null) {
      return null;
    }
    Ids ids = Ids.of(ID.read(arg0), Ids.isCumulative(arg1));
    return Nesting.enter(this, consumer, new Later(ids));
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    ConsumerState consumer = (ConsumerState) frame.self();
    Later later = (Later) frame.argument();
    if (Nesting.exit(frame) && result instanceof CompletableFuture<?> future) {
      new Settlement(consumer, later.ids(), later.outcome(), null).after(future);
    }
    return result;
  }
}
