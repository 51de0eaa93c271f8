package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What is in one {@code StashBuffer} of a typed actor, and the message that is taken out of it now.
 * The buffer is a queue, so the facts about its messages are one, too: no message is referred to.
 * Used by the thread that its actor runs on; the lock is for the thread that takes a snapshot.
 *
 * <p>A message that comes out is received again, without a mailbox. That is recorded when its
 * handling has ended, because what a stopped actor leaves in its buffer comes out in the same way
 * and is a dead letter.
 *
 * <p><b>Bound:</b> facts about {@value #MAX} messages; of further ones, age and delivery count are
 * unknown.
 */
final class TypedStash implements LevelSource {
  static final int MAX = 1_024;

  /** The time of a message of which it is not known when it was put into the mailbox. */
  private static final long NEVER = Long.MIN_VALUE;

  private final WeakReference<Object> buffer;
  private final ActorClass actors;
  private final LongSupplier nanoClock;

  /** When messages were put into the mailbox, from {@link #head} on, around the end. */
  private long[] times = new long[4];

  /** How often they were delivered so far; {@link MailboxMetrics#UNKNOWN} if that is unknown. */
  private long[] deliveries = new long[4];

  private int head;
  private int size;

  /** How many messages are in the buffer behind those that there are facts about. */
  private int further;

  /** Whether the actor handles a message of the buffer; the rest says which one. */
  private boolean handles;

  private long handledTime;
  private long handledDeliveries;
  private long begun;

  TypedStash(Object buffer, ActorClass actors, LongSupplier nanoClock) {
    this.buffer = new WeakReference<>(buffer);
    this.actors = actors;
    this.nanoClock = nanoClock;
  }

  ActorClass actors() {
    return actors;
  }

  /** The actor puts the message aside that it got from its mailbox. */
  void put(Object envelope) {
    long age = actors.ageNanos(envelope);
    add(age < 0 ? NEVER : nanoClock.getAsLong() - age, actors.deliveries(envelope));
  }

  /** The actor puts the message aside again that it got from another buffer, or from this one. */
  void putAgain(TypedStash from) {
    add(from.handledTime, from.handledDeliveries);
  }

  /** The actor puts a message aside that it has made itself. */
  void putNew() {
    add(NEVER, 0);
  }

  private synchronized void add(long time, long count) {
    if (further > 0 || size == MAX) {
      further++;
      return;
    }
    if (size == times.length) {
      times = grown(times);
      deliveries = grown(deliveries);
      head = 0;
    }
    int place = (head + size) % times.length;
    times[place] = time;
    deliveries[place] = count;
    size++;
  }

  /** Returns the facts in their order, with as much room again. */
  private long[] grown(long[] full) {
    long[] more = Arrays.copyOf(full, 2 * full.length);
    System.arraycopy(full, head, more, 0, full.length - head);
    System.arraycopy(full, 0, more, full.length - head, head);
    return more;
  }

  /**
   * The actor takes the first message out.
   *
   * @param begin when it begins to handle it, or 0 if that is not timed
   */
  void take(long begin) {
    begun = begin;
    handles = true;
    handledTime = NEVER;
    handledDeliveries = MailboxMetrics.UNKNOWN;
    takeFacts();
    if (handledDeliveries >= 0) {
      handledDeliveries++;
    }
  }

  private synchronized void takeFacts() {
    if (size > 0) {
      handledTime = times[head];
      handledDeliveries = deliveries[head];
      head = (head + 1) % times.length;
      size--;
    } else if (further > 0) {
      further--;
    }
  }

  /**
   * The actor has done with the message that it took out, if there is one.
   *
   * @param note {@link Step#BUFFERED}, what the actor threw, or anything else
   */
  void ended(Object note) {
    if (handles) {
      handles = false;
      long age = handledTime == NEVER ? MailboxMetrics.UNKNOWN : now() - handledTime;
      actors.receivedFromStash(handledDeliveries, age);
      actors.endedFromStash(note, begun);
    }
  }

  private long now() {
    return nanoClock.getAsLong();
  }

  /** What was taken out is a dead letter, because the actor has stopped. */
  void deadLettered() {
    handles = false;
    actors.deadLettered();
  }

  /** The actor throws all messages away. */
  synchronized void clear() {
    size = 0;
    further = 0;
  }

  /** Returns how many messages there are facts about. */
  synchronized int size() {
    return size;
  }

  @Override
  public synchronized void sample(LevelSample into) {
    if (buffer.refersTo(null)) {
      return; // the actor has stopped, and its messages are gone
    }
    long oldest = -1;
    for (int i = 0; i < size; i++) {
      long time = times[(head + i) % times.length];
      oldest = time == NEVER ? oldest : Math.max(oldest, now() - time);
    }
    actors.tellUnsettled(into, oldest);
  }
}
