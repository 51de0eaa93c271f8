package io.metricsagent.instrumentations.calls;

/**
 * The attempts of a request on the wire: how many there were and how long they took. All times are
 * of {@link System#nanoTime}, in nanoseconds.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
public final class Attempts {
  /** What {@link #lastEndNanos} returns for a stream. */
  public static final long UNKNOWN = -1;

  private int count;
  private int throttles;

  /** When the first attempt began; 0 if no attempt has begun. */
  private long firstNanos;

  /** When the last attempt ended; 0 if no attempt has ended, {@link #UNKNOWN} for a stream. */
  private long lastEndNanos;

  /** The time that all attempts took, including the reading of their bodies. */
  private long nanos;

  /** The part of {@link #nanos} that passed after the attempts had returned. */
  private long bodyNanos;

  Attempts() {}

  /** Returns whether an attempt has begun. */
  public boolean haveBegun() {
    return firstNanos != 0;
  }

  /** An attempt begins. The first attempt ends the render phase. */
  public void began(long beginNanos) {
    if (firstNanos == 0) {
      firstNanos = beginNanos;
    }
  }

  /** An attempt ended. */
  public void ended(long beginNanos, long endNanos) {
    if (hasStreamEnded()) {
      return;
    }
    count++;
    nanos += endNanos - beginNanos;
    lastEndNanos = endNanos;
  }

  /**
   * Returns whether {@link #streamEnded} has counted all attempts. The last attempt may end after
   * its stream, on another thread, and must not count again.
   */
  private boolean hasStreamEnded() {
    return lastEndNanos == UNKNOWN;
  }

  /** An attempt began and ended. */
  public void add(long beginNanos, long endNanos) {
    began(beginNanos);
    ended(beginNanos, endNanos);
  }

  /** The library waited for the server, or for another attempt, until {@code untilNanos}. */
  public void waitedUntil(long untilNanos) {
    if (!hasStreamEnded()) {
      lastEndNanos = untilNanos;
    }
  }

  /** The server refused an attempt because it receives too many requests. */
  public void throttled() {
    throttles++;
  }

  /** A body was read after its attempt had returned, which took {@code readNanos}. */
  public void bodyRead(long readNanos) {
    if (!hasStreamEnded()) {
      bodyNanos += readNanos;
      nanos += readNanos;
    }
  }

  /**
   * A streamed answer ended. The answer belongs to the last attempt, so the call phase is the time
   * of the attempts without the waits between them, plus the time that the application waited for
   * pieces.
   *
   * @param waitedNanos how long the application waited for pieces, or {@link #UNKNOWN}
   * @param consumedNanos how much of the time since the last attempt the application took for
   *     itself
   */
  public void streamEnded(long now, long waitedNanos, long consumedNanos) {
    if (!haveBegun()) {
      return;
    }
    if (count == 0) {
      count = 1;
      nanos = now - firstNanos - consumedNanos;
    } else {
      long pieces = waitedNanos == UNKNOWN ? now - lastEndNanos : waitedNanos;
      nanos = nanos - bodyNanos + pieces - consumedNanos;
    }
    lastEndNanos = UNKNOWN;
  }

  /** Returns how many attempts have ended. */
  public int count() {
    return count;
  }

  /** Returns how many attempts the server refused because it received too many requests. */
  public int throttles() {
    return throttles;
  }

  /**
   * Returns when the last attempt ended; 0 if no attempt has ended, {@link #UNKNOWN} for a stream.
   */
  public long lastEndNanos() {
    return lastEndNanos;
  }

  /** Returns the time from {@code startNanos} to the first attempt. */
  public long nanosBefore(long startNanos) {
    return firstNanos - startNanos;
  }

  /** Returns the time that all attempts took, including the reading of their bodies. */
  public long nanos() {
    return nanos;
  }

  /**
   * Returns the time from the last attempt to {@code endNanos}, without the time that the library
   * spent reading bodies.
   */
  public long nanosAfter(long endNanos) {
    return endNanos - lastEndNanos - bodyNanos;
  }

  /** Replaces the attempts of this object by those of {@code other}. */
  void copy(Attempts other) {
    count = other.count;
    throttles = other.throttles;
    firstNanos = other.firstNanos;
    lastEndNanos = other.lastEndNanos;
    nanos = other.nanos;
    bodyNanos = other.bodyNanos;
  }

  /** Adds the attempts of {@code earlier}, which came before the attempts of this object. */
  void addEarlier(Attempts earlier) {
    count += earlier.count;
    throttles += earlier.throttles;
    firstNanos = earlier.firstNanos == 0 ? firstNanos : earlier.firstNanos;
    lastEndNanos = Math.max(lastEndNanos, earlier.lastEndNanos);
    nanos += earlier.nanos;
    bodyNanos += earlier.bodyNanos;
  }

  void forget() {
    count = 0;
    throttles = 0;
    firstNanos = 0;
    lastEndNanos = 0;
    nanos = 0;
    bodyNanos = 0;
  }

  /** Leaves out time that has just passed, by moving all earlier times forward. */
  void leaveOut(long leftOutNanos) {
    firstNanos = later(firstNanos, leftOutNanos);
    lastEndNanos = later(lastEndNanos, leftOutNanos);
  }

  /** Moves a time forward by {@code nanos}, unless the time is unknown or unset. */
  static long later(long time, long nanos) {
    return time == 0 || time == UNKNOWN ? time : time + nanos;
  }
}
