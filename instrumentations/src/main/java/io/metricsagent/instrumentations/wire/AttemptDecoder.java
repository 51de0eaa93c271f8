package io.metricsagent.instrumentations.wire;

import java.util.function.LongConsumer;

/** Reads a library's HTTP layer. Stateless; bodies are timed and never read. */
public interface AttemptDecoder {
  /**
   * Returns whether a client is a decorator of another one, such as for retries, logging or
   * authentication.
   */
  boolean isDecorator(Object client);

  /** Returns the provider that a request goes to, or {@code null} if its address does not tell. */
  String provider(Object request);

  /** Returns the status of an answer, or -1. */
  long status(Object answer);

  /**
   * Returns a wrapper of {@code answer} that reports to {@code reads} the nanoseconds that each
   * read of its body takes; {@code answer} itself if it cannot be wrapped.
   */
  Object timed(Object answer, LongConsumer reads);
}
