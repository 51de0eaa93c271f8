package io.metricsagent.instrumentations.mailboxes;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * A small table of facts about objects of the application that live long and are looked up at each
 * message, such as queues and pools. Unlike {@link io.metricsagent.bootstrap.WeakMap}, a look-up
 * allocates nothing, because the fact itself is the weak reference to its object. Thread-safe;
 * look-ups are lock-free and compare objects by identity.
 *
 * <p><b>Bound:</b> the table has a fixed number of places, and an object may be in {@value #PROBES}
 * of them. Places of collected objects are used again. <b>Invariant:</b> a place that was taken is
 * never empty again, so a look-up ends at the first empty place.
 */
public final class WeakTable<K, V extends WeakReference<K>> {
  private static final int PROBES = 32;

  private final AtomicReferenceArray<V> places;

  /**
   * Makes an empty table.
   *
   * @param capacity a power of two
   * @throws IllegalArgumentException if it is none
   */
  public WeakTable(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException(capacity + " is no power of two");
    }
    places = new AtomicReferenceArray<>(capacity);
  }

  /** Returns the facts about an object, or {@code null}. */
  public V get(K key) {
    int hash = System.identityHashCode(key);
    for (int i = 0; i < PROBES; i++) {
      V there = places.get(place(hash + i));
      if (there == null) {
        return null;
      }
      if (there.refersTo(key)) {
        return there;
      }
    }
    return null;
  }

  private int place(int hash) {
    return hash & (places.length() - 1);
  }

  /**
   * Adds facts about an object, unless there are some.
   *
   * @param facts refers to {@code key}
   * @return those in the table; {@code null} if there is no place for them
   */
  public synchronized V putIfAbsent(K key, V facts) {
    V known = get(key);
    if (known != null) {
      return known;
    }
    int free = freePlace(key);
    if (free < 0) {
      return null;
    }
    places.set(free, facts);
    return facts;
  }

  /**
   * Returns whether there is a place for an object that is not in the table. A caller may look
   * before it makes facts which might have no place.
   */
  public boolean hasPlace(K key) {
    return freePlace(key) >= 0;
  }

  private int freePlace(K key) {
    int hash = System.identityHashCode(key);
    for (int i = 0; i < PROBES; i++) {
      V there = places.get(place(hash + i));
      if (there == null || there.refersTo(null)) {
        return place(hash + i);
      }
    }
    return -1;
  }

  /** Shows the facts about each object that is alive. */
  public void forEach(Consumer<? super V> action) {
    for (int i = 0; i < places.length(); i++) {
      V there = places.get(i);
      if (there != null && !there.refersTo(null)) {
        action.accept(there);
      }
    }
  }

  /** Returns how many objects in the table are alive. */
  public int size() {
    int size = 0;
    for (int i = 0; i < places.length(); i++) {
      V there = places.get(i);
      size += there == null || there.refersTo(null) ? 0 : 1;
    }
    return size;
  }
}
