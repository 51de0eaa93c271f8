package io.metricsagent.instrumentations.calls;

/**
 * The answer of a request that goes on after its method returned. It ends once: the first of these
 * calls counts, and the others do nothing. Thread-safe; never throws.
 */
public interface OpenAnswer {
  /** The request failed. */
  void failed(Throwable error);

  /** Every piece of the answer was read. */
  void exhausted();

  /** Nobody reads the answer any more. */
  void closed();
}
