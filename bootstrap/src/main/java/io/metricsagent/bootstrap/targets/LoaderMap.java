package io.metricsagent.bootstrap.targets;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values by class loader identity, without keeping the loader alive. Thread-safe.
 *
 * <p>Values are computed outside any lock, since that may load classes; of two threads that compute
 * one, the first wins. A value must not refer to its loader.
 */
public final class LoaderMap<V> {
  /** A weak key with the loader's identity. */
  private static final class Key extends WeakReference<ClassLoader> {
    private final int hash;

    Key(ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
      super(loader, queue);
      hash = System.identityHashCode(loader);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object o) {
      return this == o || (o instanceof Key other && get() != null && refersTo(other.get()));
    }
  }

  private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
  private final ConcurrentHashMap<Key, V> values = new ConcurrentHashMap<>();

  /** Returns the value of a loader, or {@code null}. */
  public V get(ClassLoader loader) {
    return values.get(new Key(loader, null));
  }

  /** Keeps a value unless there is one, and returns the one that is kept. */
  public V putIfAbsent(ClassLoader loader, V value) {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      values.remove(gone);
    }
    V there = values.putIfAbsent(new Key(loader, collected), value);
    return there == null ? value : there;
  }
}
