package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Places for {@value #PLACES} deliveries of a {@link ReceiptTable}.
 *
 * <p><b>Invariants:</b> a place contains 0, {@link #BUSY} while a delivery is written, or the
 * number of a delivery with its state in the lowest bits. The facts of a delivery are written only
 * by the thread that made its place busy, before the number. Who reads facts looks at the number
 * again, or changes it by {@code compareAndSet}, before the facts are used: then they are of that
 * number. Each change of a state is one {@code compareAndSet}, so only one thread makes it.
 * <b>Progress:</b> no method takes a lock, waits or allocates.
 *
 * <p>A set that is full forgets the delivery whose message is visible again first: it is the one
 * that the application can say least about.
 */
final class ReceiptSet {
  static final int PLACES = 32;

  /** How many of the lowest bits of a number are for the state. */
  static final int STATE_BITS = 2;

  /** The SDK's batch manager has fetched the message, and the application has not got it. */
  static final int FETCHED = 1;

  /** The application has got the message and not settled it. */
  static final int UNSETTLED = 2;

  /** The delivery has an outcome. */
  static final int SETTLED = 3;

  private static final long STATES = (1L << STATE_BITS) - 1;
  private static final long FREE = 0;

  /** A number without a state, which no delivery has. */
  private static final long BUSY = 1L << STATE_BITS;

  private final AtomicLongArray numbers = new AtomicLongArray(PLACES);

  /** When the messages are visible again, in milliseconds of the epoch; the client may move it. */
  private final AtomicLongArray visibleMillis = new AtomicLongArray(PLACES);

  private final long[] sentMillis = new long[PLACES];
  private final int[] deliveryCounts = new int[PLACES];
  private final MailboxMetrics[] mailboxes = new MailboxMetrics[PLACES];
  private final SqsClient[] clients = new SqsClient[PLACES];

  /**
   * Writes a delivery.
   *
   * @param client whose end is that of the delivery; {@code null} if there is none
   */
  void put(
      long number,
      int state,
      SqsClient client,
      MailboxMetrics mailbox,
      long sent,
      long deliveryCount,
      long visible) {
    int place = claim();
    if (place < 0) {
      return; // other threads have taken the place meanwhile, so the set is very full
    }
    clients[place] = client;
    mailboxes[place] = mailbox;
    sentMillis[place] = sent;
    deliveryCounts[place] = (int) Math.min(deliveryCount, Integer.MAX_VALUE);
    visibleMillis.set(place, visible);
    numbers.set(place, number | state);
  }

  /** Makes a place busy and returns it, or -1. */
  private int claim() {
    int first = -1;
    long firstNumber = FREE;
    for (int i = 0; i < PLACES; i++) {
      long number = numbers.get(i);
      if (number == FREE && numbers.compareAndSet(i, FREE, BUSY)) {
        return i;
      }
      if (number != BUSY
          && number != FREE
          && (first < 0 || visibleMillis.get(i) < visibleMillis.get(first))) {
        first = i;
        firstNumber = number;
      }
    }
    return first >= 0 && numbers.compareAndSet(first, firstNumber, BUSY) ? first : -1;
  }

  /** Returns the place of a delivery, or -1. */
  int find(long number) {
    for (int i = 0; i < PLACES; i++) {
      long there = numbers.get(i);
      if ((there & ~STATES) == number && (there & STATES) != 0) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the state of a delivery at a place, or 0 if another one has the place by now. */
  int state(int place, long number) {
    long there = numbers.get(place);
    return (there & ~STATES) == number ? (int) (there & STATES) : 0;
  }

  /** Changes the state of a delivery; returns whether this call did it. */
  boolean change(int place, long number, int from, int to) {
    return numbers.compareAndSet(place, number | from, number | to);
  }

  /** Records that the application gets a message that was fetched before. */
  void handOver(int place, long number, long nowMillis) {
    MailboxMetrics mailbox = mailboxes[place];
    long sent = sentMillis[place];
    long deliveryCount = deliveryCounts[place];
    if (change(place, number, FETCHED, UNSETTLED)) {
      mailbox.recordDelivered(1, deliveryCount, sent, nowMillis, AgeSource.BROKER_CLOCK);
    }
  }

  /** The application changed when a message is visible again. */
  void visibleAgain(int place, long millis) {
    visibleMillis.set(place, millis);
  }

  /** Forgets the deliveries to a client. */
  void forget(SqsClient client) {
    for (int i = 0; i < PLACES; i++) {
      long number = numbers.get(i);
      if (number != FREE && number != BUSY && clients[i] == client) {
        numbers.compareAndSet(i, number, FREE);
      }
    }
  }

  /** Returns how many deliveries have no outcome. */
  int unsettled() {
    int unsettled = 0;
    for (int i = 0; i < PLACES; i++) {
      long state = numbers.get(i) & STATES;
      unsettled += state == UNSETTLED || state == FETCHED ? 1 : 0;
    }
    return unsettled;
  }

  /** Tells of messages that the application has, and that nobody else can have. */
  void sample(LevelSample into, long nowMillis) {
    for (int i = 0; i < PLACES; i++) {
      long number = numbers.get(i);
      if ((number & STATES) == UNSETTLED) {
        MailboxMetrics mailbox = mailboxes[i];
        SqsClient client = clients[i];
        long sent = sentMillis[i];
        boolean invisible = visibleMillis.get(i) > nowMillis;
        if (invisible && numbers.get(i) == number && client.isAlive()) {
          into.unsettled(mailbox, sent);
        }
      }
    }
  }
}
