package io.metricsagent.agent.rollups.record;

/** A request that is under way. Not thread-safe. */
final class LiveRequest {
  private final long startNanos;
  private RateSamples samples;
  private long pieces;

  /**
   * Makes a request.
   *
   * @param startNanos by {@link System#nanoTime}
   */
  LiveRequest(long startNanos) {
    this.startNanos = startNanos;
  }

  long startNanos() {
    return startNanos;
  }

  /** Adds pieces of the answer and returns how many there are now. */
  long pieces(long added) {
    pieces += added;
    return pieces;
  }

  RateSamples samples() {
    if (samples == null) {
      samples = new RateSamples();
    }
    return samples;
  }

  boolean hasSamples() {
    return samples != null;
  }
}
