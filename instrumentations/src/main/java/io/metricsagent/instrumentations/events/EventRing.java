package io.metricsagent.instrumentations.events;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A bounded queue of events from many threads to one. Producers claim a slot, fill it and publish
 * it; nothing is allocated and nobody waits. If the queue is full, the event is dropped and
 * counted.
 *
 * <p>Invariants. Position p uses slot p modulo the number of slots. The slot's sequence says whose
 * turn it is: p, the slot is free for the producer that claims p; p + 1, the event is whole; p plus
 * the number of slots, the consumer is done with it. Only the winner of the compare-and-set of
 * {@link #tail} from p to p + 1 writes to the slot of p, and only the consumer moves it on.
 *
 * <p>Progress. Claiming is lock-free. A producer whose stack is exhausted between claiming and
 * publishing would block the consumer forever, so the consumer may give up a position: it puts a
 * new slot in its place, and whatever the producer still does reaches nobody.
 */
final class EventRing {
  private final CallEvent[] slots;
  private final int mask;
  private final int reserve;
  private final long nanosToEpoch;
  private final AtomicLong tail = new AtomicLong();
  private final LongAdder dropped = new LongAdder();

  /** The next position to take. Used by the consumer only. */
  private long head;

  /**
   * Makes an empty queue.
   *
   * @param capacity the number of slots, a power of two; an eighth of them is left to events of
   *     runs
   */
  EventRing(int capacity, long nanosToEpoch) {
    slots = new CallEvent[capacity];
    for (int i = 0; i < capacity; i++) {
      slots[i] = new CallEvent(i, nanosToEpoch);
    }
    mask = capacity - 1;
    reserve = capacity / 8;
    this.nanosToEpoch = nanosToEpoch;
  }

  /**
   * Claims a slot for an event, which the caller must publish; {@code null} if the queue is full.
   *
   * @param ofRun whether the event may use the slots that are left to events of runs
   */
  CallEvent claim(boolean ofRun) {
    int ahead = ofRun ? 0 : reserve;
    while (true) {
      long position = tail.get();
      CallEvent slot = slots[(int) position & mask];
      if (slot.isFreeFor(position) && (ahead == 0 || hasRoomAhead(position + ahead))) {
        if (tail.compareAndSet(position, position + 1)) {
          return slot;
        }
      } else if (tail.get() == position) {
        dropped.increment();
        return null;
      }
    }
  }

  private boolean hasRoomAhead(long position) {
    return slots[(int) position & mask].isFreeFor(position);
  }

  /** Publishes a slot that was claimed; returns its position. */
  long publish(CallEvent slot) {
    long position = slot.position();
    slot.whole();
    return position;
  }

  /** Returns the next event, or {@code null} if none is whole. For the consumer. */
  CallEvent next() {
    CallEvent slot = slots[(int) head & mask];
    return slot.isWholeAt(head) ? slot : null;
  }

  /** Frees the slot of the event that {@link #next} has returned. For the consumer. */
  void done() {
    slots[(int) head & mask].freeFor(head + slots.length);
    head++;
  }

  /** Returns whether the next position is claimed, but its event is not whole. */
  boolean isStuck() {
    return tail.get() > head && next() == null;
  }

  /** Returns the next position to take. For the consumer. */
  long head() {
    return head;
  }

  /** Gives up the next position, which is stuck, and counts its event as dropped. */
  void giveUp() {
    slots[(int) head & mask] = new CallEvent(head + slots.length, nanosToEpoch);
    head++;
    dropped.increment();
  }

  /** Counts an event that was lost outside of the queue. */
  void countDropped() {
    dropped.increment();
  }

  /** Returns how many events were dropped. */
  long dropped() {
    return dropped.sum();
  }

  int capacity() {
    return slots.length;
  }
}
