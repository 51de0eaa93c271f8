package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/** Handles the methods of {@code TransactionImpl} that concern acknowledgements. */
final class TransactionHandler extends SiteHandler {
  /** What the method does. */
  enum Step {
    /** It makes an acknowledgement that is just being sent a part of the transaction. */
    REGISTER,
    /** It commits the transaction; if it fails, it may be called again. */
    COMMIT,
    /** It rolls the transaction back. */
    ABORT
  }

  private final Transactions transactions;
  private final Step step;

  TransactionHandler(Transactions transactions, Step step) {
    this.transactions = transactions;
    this.step = step;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    switch (step) {
      case REGISTER -> {
        transactions.registered(self, arg0);
        return null;
      }
      case ABORT -> {
        transactions.rolledBack(self);
        return null;
      }
      case COMMIT -> {
        return self;
      }
    }
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof CompletableFuture<?> future) {
      future.whenComplete(
          (unused, failure) -> {
            if (failure == null) {
              transactions.committed(token);
            }
          });
    }
    return result;
  }
}
