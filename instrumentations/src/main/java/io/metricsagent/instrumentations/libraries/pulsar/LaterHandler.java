package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * Handles {@code ConsumerImpl.doReconsumeLater}, which sends a message to the topic for retries and
 * acknowledges it, or to that for dead letters. There it is a new message.
 */
final class LaterHandler extends SiteHandler {
  private static final Accessor ID = Accessor.path("getMessageId()");

  /** A message that is to be consumed later. */
  private static final class Later {
    private final Ids ids;
    private Outcome outcome = Outcome.ACKED;

    Later(Ids ids) {
      this.ids = ids;
    }
  }

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
    Ids ids = Ids.of(ID.read(arg0), AcknowledgeHandler.isCumulative(arg1));
    return Nesting.enter(this, consumer, new Later(ids));
  }

  /** The client looks for the producer of dead letters: in this call, the message becomes one. */
  static void deadLetterOnThisThread() {
    if (FrameStack.current().top() instanceof MailboxFrame frame
        && frame.argument() instanceof Later later) {
      later.outcome = Outcome.DEAD_LETTERED;
    }
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    ConsumerState consumer = (ConsumerState) frame.self();
    Later later = (Later) frame.argument();
    if (Nesting.exit(frame) && result instanceof CompletableFuture<?> future) {
      new Settlement(consumer, later.ids, later.outcome, null).after(future);
    }
    return result;
  }
}
