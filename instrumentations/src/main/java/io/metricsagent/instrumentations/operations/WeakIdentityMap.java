package io.metricsagent.instrumentations.operations;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Facts about objects of the application, by identity, without keeping them alive and without
 * calling their {@code equals}. Thread-safe; a value must not refer to its key. Past its capacity
 * new objects are not remembered.
 */
public final class WeakIdentityMap<K, V> {
  private static final class Key<K> extends WeakReference<K> {
    private final int hash;

    Key(K key, ReferenceQueue<K> queue) {
      super(key, queue);
      hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object o) {
      if (this == o) {
        return true;
      }
      if (!(o instanceof Key<?> other)) {
        return false;
      }
      Object mine = get();
      return mine != null && mine == other.get();
    }
  }

  private final ReferenceQueue<K> collected = new ReferenceQueue<>();
  private final ConcurrentHashMap<Key<K>, V> values = new ConcurrentHashMap<>();
  private final int capacity;

  /** Makes a map of at most {@code capacity} entries. */
  public WeakIdentityMap(int capacity) {
    this.capacity = capacity;
  }

  /** Returns the value of an object, or {@code null}. */
  public V get(K key) {
    return values.get(new Key<>(key, null));
  }

  /** Remembers a value. */
  public void put(K key, V value) {
    forgetCollected();
    if (values.size() < capacity) {
      values.put(new Key<>(key, collected), value);
    }
  }

  /** Forgets an object and returns its value, or {@code null}. */
  public V remove(K key) {
    return values.remove(new Key<>(key, null));
  }

  /** Returns whether nothing is remembered. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  private void forgetCollected() {
    for (Reference<? extends K> gone = collected.poll(); gone != null; gone = collected.poll()) {
      values.remove(gone);
    }
  }
}
