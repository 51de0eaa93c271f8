package io.metricsagent.instrumentations.calls;

/**
 * The answer of a request that goes on after its method has returned. The first call of any of
 * these methods ends the answer; later calls do nothing. Thread-safe; never throws.
 */
public interface OpenAnswer {
  /** The request failed. */
  void failed(Throwable error);

  /** The application has read every piece of the answer. */
  void exhausted();

  /** The application reads no more of the answer. */
  void closed();
}
