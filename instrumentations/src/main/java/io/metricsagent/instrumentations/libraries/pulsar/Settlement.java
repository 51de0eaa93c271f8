package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Messages that are settled once the client's future says that it has worked. */
final class Settlement implements BiConsumer<Object, Throwable> {
  private final ConsumerState consumer;
  private final Ids ids;
  private final Outcome outcome;

  /** The transaction with which the settlement counts; {@code null} if it counts at once. */
  private final Transactions.Held transaction;

  Settlement(ConsumerState consumer, Ids ids, Outcome outcome, Transactions.Held transaction) {
    this.consumer = consumer;
    this.ids = ids;
    this.outcome = outcome;
    this.transaction = transaction;
  }

  /** Settles the messages now, or when the future completes. */
  void after(CompletableFuture<?> future) {
    future.whenComplete(this);
  }

  @Override
  public void accept(Object value, Throwable failure) {
    if (failure != null) {
      return;
    }
    if (transaction == null) {
      ids.settle(consumer, outcome);
    } else {
      transaction.add(consumer, ids);
    }
  }
}
