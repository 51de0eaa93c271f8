package io.metricsagent.instrumentations.calls;

/**
 * The tokens of a request, as far as they are known. A number that is not known is {@link
 * #UNKNOWN}.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
public final class Tokens {
  /** A number that is not known. */
  public static final long UNKNOWN = -1;

  private long input = UNKNOWN;
  private long output = UNKNOWN;
  private long cached = UNKNOWN;

  Tokens() {}

  /** Returns the tokens of the request, cached ones included. */
  public long input() {
    return input;
  }

  /** Returns the tokens of the answer. */
  public long output() {
    return output;
  }

  /** Returns the tokens of the request that came from a cache. */
  public long cached() {
    return cached;
  }

  /** Returns whether the tokens of the request or of the answer are known. */
  public boolean areKnown() {
    return input >= 0 || output >= 0;
  }

  /** Adds the tokens of an inner request; a number that is unknown changes nothing. */
  public void add(long moreInput, long moreOutput, long moreCached) {
    input = sum(input, moreInput);
    output = sum(output, moreOutput);
    cached = sum(cached, moreCached);
  }

  void add(Tokens other) {
    add(other.input, other.output, other.cached);
  }

  private static long sum(long a, long b) {
    return b < 0 ? a : Math.max(0, a) + b;
  }

  /** Takes these numbers in place of those that were known; what is unknown changes nothing. */
  public void replace(long newInput, long newOutput, long newCached) {
    input = newInput < 0 ? input : newInput;
    output = newOutput < 0 ? output : newOutput;
    cached = newCached < 0 ? cached : newCached;
  }

  /** Takes the numbers of {@code other}, which forgets them. */
  void takeFrom(Tokens other) {
    input = other.input;
    output = other.output;
    cached = other.cached;
    other.forget();
  }

  void forget() {
    input = UNKNOWN;
    output = UNKNOWN;
    cached = UNKNOWN;
  }
}
