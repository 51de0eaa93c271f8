package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The messages that one channel has delivered and not yet settled, each under a number of its own,
 * such as a delivery tag of AMQP. Numbers are greater than 0, usually rise, and are not used twice.
 *
 * <p><b>Guarantee:</b> a message is settled once, whichever threads settle it, and whether by its
 * own number or with all up to a number. <b>Progress:</b> a delivery and a settlement take no lock
 * and allocate nothing, except that one delivery in {@value TagChunk#LENGTH} prepares the place of
 * the next ones under a lock. <b>Bound:</b> messages whose numbers lie further apart than {@value
 * #MAX_SPAN} are not followed; {@link #unfollowed} counts them.
 *
 * <p>In a transaction ({@link #holdUntilCommit}) settlements are recorded by {@link #commit}, and
 * undone by {@link #rollback}: then the messages are unsettled as before.
 */
public final class TagTable implements LevelSource {
  static final int MAX_SPAN = 1 << 18;
  private static final int MAX_CHUNKS = MAX_SPAN / TagChunk.LENGTH;

  private final AtomicInteger unfollowed = new AtomicInteger();

  /**
   * Chunks by the lowest bits of their numbers, some of them {@code null}; the length is a power of
   * two. Replaced as a whole, under the lock, when it is too short.
   */
  private volatile TagChunk[] chunks = new TagChunk[2];

  private volatile HeldSettlements held;

  /**
   * Adds a message that was handed to the application.
   *
   * @param sentMillis when the message was sent, in milliseconds of the epoch; 0 or less if it is
   *     unknown
   */
  public void delivered(long tag, MailboxMetrics mailbox, long sentMillis) {
    TagChunk chunk = find(tag);
    if (chunk == null || !chunk.put(tag, mailbox, sentMillis)) {
      putInNewChunk(tag, mailbox, sentMillis);
    }
  }

  private TagChunk find(long tag) {
    TagChunk[] all = chunks;
    TagChunk chunk = all[place(tag, all.length)];
    return chunk != null && chunk.isFor(tag) ? chunk : null;
  }

  private static int place(long tag, int length) {
    return (int) (tag / TagChunk.LENGTH) & (length - 1);
  }

  private synchronized TagChunk findExactly(long tag) {
    return find(tag);
  }

  private synchronized void putInNewChunk(long tag, MailboxMetrics mailbox, long sentMillis) {
    TagChunk chunk = find(tag);
    while (chunk == null) {
      TagChunk[] all = chunks;
      int place = place(tag, all.length);
      if (all[place] == null) {
        chunk = new TagChunk(tag);
        TagChunk[] more = all.clone();
        more[place] = chunk;
        chunks = more;
      } else if (all[place].takeFor(tag)) {
        chunk = all[place];
      } else if (!grow()) {
        unfollowed.incrementAndGet();
        return;
      }
    }
    if (!chunk.put(tag, mailbox, sentMillis)) {
      unfollowed.incrementAndGet(); // a number that is used twice
    }
  }

  /** Makes room for chunks that share a place; returns whether that is allowed. */
  private boolean grow() {
    TagChunk[] all = chunks;
    if (all.length >= MAX_CHUNKS) {
      return false;
    }
    TagChunk[] more = new TagChunk[2 * all.length];
    for (TagChunk chunk : all) {
      if (chunk != null) {
        more[place(chunk.firstTag(), more.length)] = chunk;
      }
    }
    chunks = more;
    return true;
  }

  /** Settles one message; does nothing if it is settled or unknown. */
  public void settle(long tag, Outcome outcome) {
    TagChunk chunk = find(tag);
    if (chunk == null) {
      chunk =
          findExactly(tag); // it may just be prepared for other numbers, or the number is unknown
    }
    if (chunk != null) {
      chunk.settle(tag, outcome, held);
    }
  }

  /**
   * Forgets one message; returns whether it was here. Takes no lock, so a message may be missed
   * whose place another thread is just preparing.
   */
  public boolean forget(long tag) {
    TagChunk chunk = find(tag);
    return chunk != null && chunk.remove(tag);
  }

  /** Settles all messages up to and including a number. */
  public void settleUpTo(long tag, Outcome outcome) {
    settleUpTo(tag, outcome, held);
  }

  private void settleUpTo(long tag, Outcome outcome, HeldSettlements transaction) {
    for (TagChunk chunk : chunks) {
      if (chunk != null) {
        chunk.settleUpTo(tag, outcome, transaction);
      }
    }
  }

  /** Settles all messages. */
  public void settleAll(Outcome outcome) {
    settleUpTo(Long.MAX_VALUE, outcome);
  }

  /**
   * Settles all messages up to and including a number at once, also in a transaction; settlements
   * that are held stay held.
   */
  public void settleNowUpTo(long tag, Outcome outcome) {
    settleUpTo(tag, outcome, null);
  }

  /** Forgets all messages and held settlements: the channel is closed or begins anew. */
  public void forgetAll() {
    settleUpTo(Long.MAX_VALUE, null);
    HeldSettlements transaction = held;
    if (transaction != null) {
      transaction.forget();
    }
  }

  /** Holds all further settlements until {@link #commit}. */
  public synchronized void holdUntilCommit() {
    if (held == null) {
      held = new HeldSettlements(this);
    }
  }

  /** Records the settlements that are held. */
  public void commit() {
    HeldSettlements transaction = held;
    if (transaction != null) {
      transaction.commit();
    }
  }

  /** Undoes the settlements that are held. */
  public void rollback() {
    HeldSettlements transaction = held;
    if (transaction != null) {
      transaction.rollback();
    }
  }

  /** Returns how many messages are not settled; a held settlement counts as one. */
  public int size() {
    int size = 0;
    for (TagChunk chunk : chunks) {
      size += chunk == null ? 0 : chunk.size();
    }
    return size;
  }

  /** Returns how many messages were not followed because there were too many. */
  public int unfollowed() {
    return unfollowed.get();
  }

  @Override
  public void sample(LevelSample into) {
    for (TagChunk chunk : chunks) {
      if (chunk != null) {
        chunk.sample(into);
      }
    }
  }
}
