package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.access.Accessor;

/** Reads the client's {@code MessageId}s. Stateless; allocates nothing. */
final class MessageIds {
  private static final Accessor LEDGER = Accessor.path("getLedgerId()");
  private static final Accessor ENTRY = Accessor.path("getEntryId()");
  private static final Accessor INDEX = Accessor.path("getBatchIndex()");

  private MessageIds() {}

  /** Returns the number of the ledger, or -1. */
  static long ledger(Object id) {
    return LEDGER.readLong(id);
  }

  /** Returns the number of the entry in its ledger, or -1. */
  static long entry(Object id) {
    return ENTRY.readLong(id);
  }

  /** Returns the index in the entry; -1 if the entry is no batch, or the whole entry is meant. */
  static int index(Object id) {
    return (int) INDEX.readLong(id);
  }
}
