package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles the methods of {@code KafkaProducer} that concern a transaction's offsets. */
final class TransactionHandler extends SiteHandler {
  /** What the method does to the offsets. */
  enum Step {
    /** It adds offsets to the transaction. */
    SEND,
    /** It commits them; if it fails, it may be called again. */
    COMMIT,
    /** It drops them. */
    ABORT
  }

  private record Sent(Object producer, Object offsets, Object group) {}

  private final Transactions transactions;
  private final Step step;

  TransactionHandler(Transactions transactions, Step step) {
    this.transactions = transactions;
    this.step = step;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return step == Step.SEND ? new Sent(self, arg0, arg1) : self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    switch (step) {
      case SEND -> {
        if (thrown == null) {
          Sent sent = (Sent) token;
          transactions.sent(sent.producer, sent.offsets, sent.group);
        }
      }
      case COMMIT -> {
        if (thrown == null) {
          transactions.committed(token);
        }
      }
      case ABORT -> transactions.aborted(token);
    }
    return result;
  }
}
