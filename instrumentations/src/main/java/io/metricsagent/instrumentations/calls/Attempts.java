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

  /** When the first attempt began; 0 if none did. */
  private long firstNanos;

  /** When the last attempt ended; 0 if none did, {@link #UNKNOWN} for a stream. */
  private long lastEndNanos;

  /** How long all attempts took, the reading of their bodies included. */
  private long nanos;

  /** How much of {@link #nanos} passed after the attempts had returned. */
  private long bodyNanos;

  Attempts() {}

  /** Returns whether an attempt has begun. */
  public boolean haveBegun() {
    return firstNanos != 0;
  }

  /** An attempt begins; the first one ends what the library does before it sends a request. */
  public void began(long beginNanos) {
    if (firstNanos == 0) {
      firstNanos = beginNanos;
    }
  }

  /** An attempt ended. */
  public void ended(long beginNanos, long endNanos) {
    count++;
    nanos += endNanos - beginNanos;
    lastEndNanos = endNanos;
  }

  /** An attempt began and ended. */
  public void add(long beginNanos, long endNanos) {
    began(beginNanos);
    ended(beginNanos, endNanos);
  }

  /** The library waited for the server, or for another attempt, until {@code untilNanos}. */
  public void waitedUntil(long untilNanos) {
    lastEndNanos = untilNanos;
  }

  /** The server refused an attempt because it gets too many requests. */
  public void throttled() {
    throttles++;
  }

  /** A body was read after its attempt had returned, which took {@code readNanos}. */
  public void bodyRead(long readNanos) {
    bodyNanos += readNanos;
    nanos += readNanos;
  }

  /**
   * A streamed answer ended. The answer belongs to the last attempt: its call phase is the time of
   * the attempts without the waits between them, and then the time that was waited for pieces.
   *
   * @param waitedNanos how long was waited for pieces, or {@link #UNKNOWN}
   * @param consumedNanos how much of the time since the last attempt was the application's
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

  /** Returns how many attempts the server refused because it gets too many requests. */
  public int throttles() {
    return throttles;
  }

  /** Returns when the last attempt ended; 0 if none did, {@link #UNKNOWN} for a stream. */
  public long lastEndNanos() {
    return lastEndNanos;
  }

  /** Returns how long the library took from {@code startNanos} to the first attempt. */
  public long nanosBefore(long startNanos) {
    return firstNanos - startNanos;
  }

  /** Returns how long all attempts took, the reading of their bodies included. */
  public long nanos() {
    return nanos;
  }

  /**
   * Returns how long the library took from the last attempt to {@code endNanos}, without the time
   * that it read bodies.
   */
  public long nanosAfter(long endNanos) {
    return endNanos - lastEndNanos - bodyNanos;
  }

  /** Takes the attempts of {@code other} in place of its own. */
  void copy(Attempts other) {
    count = other.count;
    throttles = other.throttles;
    firstNanos = other.firstNanos;
    lastEndNanos = other.lastEndNanos;
    nanos = other.nanos;
    bodyNanos = other.bodyNanos;
  }

  /** Adds the attempts of {@code earlier}, which came before its own. */
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

  /** Takes out time that just passed: all times before it move nearer. */
  void leaveOut(long leftOutNanos) {
    firstNanos = later(firstNanos, leftOutNanos);
    lastEndNanos = later(lastEndNanos, leftOutNanos);
  }

  /** Moves a time by {@code nanos}, unless it is unknown or never was. */
  static long later(long time, long nanos) {
    return time == 0 || time == UNKNOWN ? time : time + nanos;
  }
}
