package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A histogram that takes up memory only once it is used: a phase that a library never shows costs
 * 16 bytes. Lock-free.
 */
@SuppressWarnings("serial") // never serialised
final class LazyHistogram extends AtomicReference<Histogram> {
  Histogram histogram() {
    Histogram current = get();
    if (current != null) {
      return current;
    }
    Histogram created = new Histogram();
    return compareAndSet(null, created) ? created : get();
  }

  /** Records a time in nanoseconds; a negative one means that it is not known. */
  void recordKnown(long nanos) {
    if (nanos >= 0) {
      histogram().record(nanos);
    }
  }

  /** Records a number of units; a negative one means that it is not known. */
  void recordKnownUnits(long units) {
    if (units >= 0) {
      histogram().recordUnits(units);
    }
  }

  HistogramSnapshot read() {
    Histogram current = get();
    return current == null ? HistogramSnapshot.EMPTY : current.read();
  }

  void clearExtremes() {
    Histogram current = get();
    if (current != null) {
      current.clearExtremes();
    }
  }
}
