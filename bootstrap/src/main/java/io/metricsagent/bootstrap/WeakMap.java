package io.metricsagent.bootstrap;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A map from objects of the application, compared by identity, to facts about them. It does not
 * keep the objects alive and never calls their {@code equals}. Thread-safe; keys and values are not
 * {@code null}.
 *
 * <p>A value must not refer to its key, which would then live as long as the map. A full map
 * ignores new objects. Entries of garbage-collected objects are removed whenever a value is stored
 * in any of these maps, and by {@link #forgetCollected}.
 */
public final class WeakMap<K, V> {
  /** Keys, of all maps, whose objects were garbage-collected. */
  private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();

  /** A weak key with the object's identity. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    /** The map that holds this key, or {@code null} for a key that is only used for a look-up. */
    private final ConcurrentHashMap<Key, ?> values;

    Key(Object object, ConcurrentHashMap<Key, ?> values) {
      super(object, values == null ? null : COLLECTED);
      hash = System.identityHashCode(object);
      this.values = values;
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
      Object mine = o instanceof Key ? get() : null;
      return mine != null && ((Key) o).refersTo(mine);
    }
  }

  private final ConcurrentHashMap<Key, V> values = new ConcurrentHashMap<>();
  private final int capacity;

  /** Makes a map of at most {@code capacity} entries. */
  public WeakMap(int capacity) {
    this.capacity = capacity;
  }

  /** Makes a map without a limit, for few keys, such as class loaders. */
  public WeakMap() {
    this(Integer.MAX_VALUE);
  }

  /** Removes the entries of garbage-collected objects from all maps. */
  public static void forgetCollected() {
    for (Reference<?> gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
      ((Key) gone).values.remove(gone);
    }
  }

  /** Returns the value of an object, or {@code null}. */
  public V get(K key) {
    return values.get(new Key(key, null));
  }

  /** Stores a value, unless the map is full. */
  public void put(K key, V value) {
    forgetCollected();
    if (values.size() < capacity) {
      values.put(new Key(key, values), value);
    }
  }

  /**
   * Stores a value unless there is one or the map is full. Returns the value that was there before,
   * else {@code value}.
   */
  public V putIfAbsent(K key, V value) {
    forgetCollected();
    if (values.size() >= capacity) {
      V there = get(key);
      return there == null ? value : there;
    }
    V there = values.putIfAbsent(new Key(key, values), value);
    return there == null ? value : there;
  }

  /** Removes an object and returns its value, or {@code null}. */
  public V remove(K key) {
    return values.remove(new Key(key, null));
  }

  /** Returns whether the map has no entry. */
  public boolean isEmpty() {
    return values.isEmpty();
  }
}
