package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * The settlements of one channel's transaction. A client uses a channel in a transaction from one
 * thread at a time, so the lock is hardly ever contended. Bounded, since each settlement took a
 * message out of its {@link TagTable}, except that a table can be filled again: beyond {@value
 * #MAX} settlements further ones are recorded by no commit.
 */
final class HeldSettlements {
  private static final int MAX = TagTable.MAX_SPAN;

  private record Settlement(long tag, MailboxMetrics mailbox, long sentMillis, Outcome outcome) {}

  private final TagTable table;
  private List<Settlement> held = new ArrayList<>();

  HeldSettlements(TagTable table) {
    this.table = table;
  }

  synchronized void hold(long tag, MailboxMetrics mailbox, long sentMillis, Outcome outcome) {
    if (held.size() < MAX) {
      held.add(new Settlement(tag, mailbox, sentMillis, outcome));
    }
  }

  private synchronized List<Settlement> take() {
    List<Settlement> taken = held;
    held = new ArrayList<>();
    return taken;
  }

  void forget() {
    take();
  }

  void commit() {
    for (Settlement settlement : take()) {
      settlement.outcome.record(settlement.mailbox, 1);
    }
  }

  /** Makes the messages unsettled again. */
  void rollback() {
    for (Settlement settlement : take()) {
      table.delivered(settlement.tag, settlement.mailbox, settlement.sentMillis);
    }
  }
}
