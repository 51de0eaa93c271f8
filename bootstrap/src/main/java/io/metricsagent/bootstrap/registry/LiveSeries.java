package io.metricsagent.bootstrap.registry;

/**
 * A series that is recorded into and read at the same time.
 *
 * <p>One recording touches several cells. It calls {@link #begin} first and raises {@link
 * #finished} by the same number last, so that a reader can tell whether a recording was half done
 * while it read. What is a single step by itself needs neither.
 *
 * <p>All reading is done under the registry's snapshot lock.
 *
 * @param <T> the snapshot of such a series
 */
abstract class LiveSeries<T> extends SeriesTable.Series {
  /**
   * How often a series is read again while calls are being recorded into it; after that a reading
   * may hold calls that are half recorded. Nothing is lost or counted twice by such a reading: the
   * next one has the other half.
   */
  private static final int READ_ATTEMPTS = 200;

  /** A recording takes 0.1 µs: if it lasts, its thread waits for the processor of the reader. */
  private static final int ATTEMPTS_BEFORE_YIELD = 50;

  private final Counter started = new Counter();

  LiveSeries(String first, String second, String third, String fourth) {
    super(first, second, third, fourth);
  }

  final void begin(long recordings) {
    started.inc(recordings);
  }

  final long started() {
    return started.value();
  }

  /** Returns how many recordings are complete. */
  abstract long finished();

  /** Returns all that was recorded since the start of the JVM, half recorded calls included. */
  abstract T read();

  /** Forgets what cannot be subtracted: extremes and gauges. */
  abstract void clear();

  /**
   * Reads the series at a moment in which no call is half recorded, if there is one.
   *
   * <p>Both numbers only grow, and started recordings never fall behind finished ones. If as many
   * have started after the reading as had finished before it, none was under way in between.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a hint: the result does not depend on it
  final T readSettled() {
    for (int attempt = 1; attempt < READ_ATTEMPTS; attempt++) {
      long finished = finished();
      if (started() == finished) {
        T snapshot = read();
        if (started() == finished) {
          return snapshot;
        }
      }
      if (attempt % ATTEMPTS_BEFORE_YIELD == 0) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    }
    return read();
  }
}
