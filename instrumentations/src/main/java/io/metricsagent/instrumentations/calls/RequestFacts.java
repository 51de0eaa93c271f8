package io.metricsagent.instrumentations.calls;

/**
 * What is learnt of a request while it is under way: its names, its tokens, and how long its
 * attempts on the wire take. Times are of {@link System#nanoTime}; what is not known is {@code
 * null} or {@link #UNKNOWN}. Attempts are those of the root of an operation.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
public abstract class RequestFacts {
  /** A number that is not known. */
  public static final long UNKNOWN = -1;

  public long startNanos;
  public String provider;
  public String model;

  long inputTokens = UNKNOWN;
  long outputTokens = UNKNOWN;
  long cachedTokens = UNKNOWN;
  private boolean usageKnown;

  int attempts;
  private int throttles;
  private long firstAttemptNanos;
  private long lastAttemptEndNanos;
  private long attemptsNanos;

  /** How much of {@link #attemptsNanos} passed after the attempts had returned. */
  private long bodyNanos;

  RequestFacts() {}

  /** Returns the tokens of the request, cached ones included. */
  public long inputTokens() {
    return inputTokens;
  }

  /** Returns the tokens of the answer. */
  public long outputTokens() {
    return outputTokens;
  }

  /** Returns the tokens of the request that came from a cache. */
  public long cachedTokens() {
    return cachedTokens;
  }

  /** Returns whether the tokens of the request or of the answer are known. */
  public boolean isUsageKnown() {
    return usageKnown;
  }

  /** Adds the tokens of an inner request. */
  public void addUsage(long input, long output, long cached) {
    inputTokens = sum(inputTokens, input);
    outputTokens = sum(outputTokens, output);
    cachedTokens = sum(cachedTokens, cached);
    usageKnown |= input >= 0 || output >= 0;
  }

  private static long sum(long a, long b) {
    return b < 0 ? a : Math.max(0, a) + b;
  }

  /** Takes these tokens in place of those that were known; what is unknown changes nothing. */
  public void replaceUsage(long input, long output, long cached) {
    inputTokens = input < 0 ? inputTokens : input;
    outputTokens = output < 0 ? outputTokens : output;
    cachedTokens = cached < 0 ? cachedTokens : cached;
    usageKnown |= input >= 0 || output >= 0;
  }

  /** Takes the tokens of {@code other}, which forgets them. */
  void takeTokens(RequestFacts other) {
    inputTokens = other.inputTokens;
    outputTokens = other.outputTokens;
    cachedTokens = other.cachedTokens;
    other.forgetTokens();
  }

  void forgetTokens() {
    inputTokens = UNKNOWN;
    outputTokens = UNKNOWN;
    cachedTokens = UNKNOWN;
    usageKnown = false;
  }

  /** Returns whether an attempt on the wire has begun. */
  public boolean isAttempted() {
    return firstAttemptNanos != 0;
  }

  /** An attempt begins; the first one ends what the library does before it sends a request. */
  public void attemptBegan(long nanos) {
    if (firstAttemptNanos == 0) {
      firstAttemptNanos = nanos;
    }
  }

  /** An attempt ended. */
  public void attemptEnded(long beginNanos, long endNanos) {
    attempts++;
    attemptsNanos += endNanos - beginNanos;
    lastAttemptEndNanos = endNanos;
  }

  /** An attempt began and ended. */
  public void attempted(long beginNanos, long endNanos) {
    attemptBegan(beginNanos);
    attemptEnded(beginNanos, endNanos);
  }

  /** The library waited for the server, or for another attempt, until {@code nanos}. */
  public void waitedUntil(long nanos) {
    lastAttemptEndNanos = nanos;
  }

  /** An attempt was refused because the caller, or all of them, ask too much. */
  public void throttled() {
    throttles++;
  }

  /** A body was read after its attempt had returned, for as long as {@code nanos}. */
  public void bodyRead(long nanos) {
    bodyNanos += nanos;
    attemptsNanos += nanos;
  }

  /**
   * A streamed answer ended, which belongs to the last attempt: that takes the attempts without the
   * waits between them, and then the pieces, as far as they are waited for.
   *
   * @param waitedNanos how long was waited for pieces, or {@link #UNKNOWN}
   * @param consumedNanos how much of the time since the last attempt was the application's
   */
  public void streamEnded(long now, long waitedNanos, long consumedNanos) {
    if (!isAttempted()) {
      return;
    }
    if (attempts == 0) {
      attempts = 1;
      attemptsNanos = now - firstAttemptNanos - consumedNanos;
    } else {
      long pieces = waitedNanos == UNKNOWN ? now - lastAttemptEndNanos : waitedNanos;
      attemptsNanos = attemptsNanos - bodyNanos + pieces - consumedNanos;
    }
    lastAttemptEndNanos = UNKNOWN;
  }

  /** Returns how many attempts have ended. */
  public int attempts() {
    return attempts;
  }

  /** Returns how many attempts were refused because of too many requests. */
  public int throttles() {
    return throttles;
  }

  /** Returns when the last attempt ended, 0 if none did, {@link #UNKNOWN} for a stream. */
  public long lastAttemptEndNanos() {
    return lastAttemptEndNanos;
  }

  /** Returns how long the library took before the first attempt. */
  public long nanosBeforeAttempts() {
    return firstAttemptNanos - startNanos;
  }

  /** Returns how long all attempts took, bodies included. */
  public long attemptsNanos() {
    return attemptsNanos;
  }

  /** Returns how long the library took from the last attempt to {@code endNanos}, bodies aside. */
  public long nanosAfterAttempts(long endNanos) {
    return endNanos - lastAttemptEndNanos - bodyNanos;
  }

  /** Takes the attempts of {@code other} in place of its own. */
  void copyAttempts(RequestFacts other) {
    attempts = other.attempts;
    throttles = other.throttles;
    firstAttemptNanos = other.firstAttemptNanos;
    lastAttemptEndNanos = other.lastAttemptEndNanos;
    attemptsNanos = other.attemptsNanos;
    bodyNanos = other.bodyNanos;
  }

  /** Adds the attempts of {@code earlier}, which came before its own. */
  void addAttempts(RequestFacts earlier) {
    attempts += earlier.attempts;
    throttles += earlier.throttles;
    firstAttemptNanos =
        earlier.firstAttemptNanos == 0 ? firstAttemptNanos : earlier.firstAttemptNanos;
    lastAttemptEndNanos = Math.max(lastAttemptEndNanos, earlier.lastAttemptEndNanos);
    attemptsNanos += earlier.attemptsNanos;
    bodyNanos += earlier.bodyNanos;
  }

  void forgetAttempts() {
    attempts = 0;
    throttles = 0;
    firstAttemptNanos = 0;
    lastAttemptEndNanos = 0;
    attemptsNanos = 0;
    bodyNanos = 0;
  }

  /** Takes out time that just passed: all that was before it moves nearer. */
  void leaveOut(long nanos) {
    startNanos += nanos;
    firstAttemptNanos = later(firstAttemptNanos, nanos);
    lastAttemptEndNanos = later(lastAttemptEndNanos, nanos);
  }

  static long later(long time, long nanos) {
    return time == 0 || time == UNKNOWN ? time : time + nanos;
  }
}
