package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * Handles {@code ConsumerBase.doAcknowledgeWithTxn}, which each acknowledgement passes at the
 * consumer that received the message. Its future says whether the acknowledgement was taken: by the
 * client itself, by the broker where the application wants a receipt, or by the transaction.
 */
final class AcknowledgeHandler extends SiteHandler {
  /** The last one of the messages that an acknowledgement is for. */
  private record UpTo(Object id) {}

  private final PulsarTracker tracker;

  AcknowledgeHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState consumer = tracker.consumer(self);
    if (consumer == null || consumer.isOuter()) {
      return null;
    }
    return Nesting.enter(this, consumer, Ids.isCumulative(arg1) ? new UpTo(arg0) : arg0);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    ConsumerState consumer = (ConsumerState) frame.self();
    Object messages = frame.argument();
    if (Nesting.exit(frame) && result instanceof CompletableFuture<?> future) {
      settle(consumer, messages, future);
    }
    return result;
  }

  private void settle(ConsumerState consumer, Object messages, CompletableFuture<?> future) {
    Transactions.Held transaction = tracker.transactions().take(future);
    if (transaction == null && future.isDone() && isOne(messages)) {
      if (!future.isCompletedExceptionally()) {
        consumer.settle(
            MessageIds.ledger(messages),
            MessageIds.entry(messages),
            MessageIds.index(messages),
            Outcome.ACKED);
      }
    } else {
      Ids ids = messages instanceof UpTo last ? Ids.of(last.id, true) : Ids.of(messages, false);
      new Settlement(consumer, ids, Outcome.ACKED, transaction).after(future);
    }
  }

  private static boolean isOne(Object messages) {
    return !(messages instanceof UpTo) && !(messages instanceof Collection<?>);
  }
}
