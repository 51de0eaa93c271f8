package io.metricsagent.instrumentations.calls;

/**
 * The tokens of a request. An unknown count is {@link #UNKNOWN}.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
public final class Tokens {
  /** An unknown count. */
  public static final long UNKNOWN = -1;

  private long input = UNKNOWN;
  private long output = UNKNOWN;
  private long cached = UNKNOWN;

  Tokens() {}

  /** Returns the input tokens, including those read from and written to a cache. */
  public long input() {
    return input;
  }

  /** Returns the output tokens. */
  public long output() {
    return output;
  }

  /** Returns the input tokens that were read from a cache. */
  public long cached() {
    return cached;
  }

  /** Returns whether the input tokens or the output tokens are known. */
  public boolean areKnown() {
    return input >= 0 || output >= 0;
  }

  /** Adds the tokens of an inner request; an unknown count changes nothing. */
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

  /** Replaces the counts; an unknown count changes nothing. */
  public void replace(long newInput, long newOutput, long newCached) {
    input = newInput < 0 ? input : newInput;
    output = newOutput < 0 ? output : newOutput;
    cached = newCached < 0 ? cached : newCached;
  }

  /** Moves the counts of {@code other} to this object. */
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
