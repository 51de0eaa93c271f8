package io.metricsagent.instrumentations.wire;

import java.util.function.LongConsumer;

/** How a library's HTTP layer is read. Stateless; bodies are timed and never read. */
public interface AttemptDecoder {
  /** Returns whether a client only hands on to another one: it retries, logs, authenticates. */
  boolean isDecorator(Object client);

  /** Returns the provider that a request goes to, or {@code null} if its address does not tell. */
  String provider(Object request);

  /** Returns the status of an answer, or -1. */
  long status(Object answer);

  /**
   * Returns an answer like {@code answer} that tells {@code reads} the nanoseconds that reading its
   * body takes; {@code answer} itself if that cannot be.
   */
  Object timed(Object answer, LongConsumer reads);
}
