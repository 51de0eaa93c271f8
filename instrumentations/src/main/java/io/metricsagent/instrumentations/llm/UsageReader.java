package io.metricsagent.instrumentations.llm;

/**
 * Reads the tokens that a response, or a piece of a response, reports; -1 for a number that it does
 * not report. {@link #usageIn} finds the object that has the numbers; the other methods take this
 * object.
 *
 * <p>Implementations are stateless and never throw. The interface has no constant, because the JVM
 * initialises an interface with a default method together with the first class that implements it.
 */
public interface UsageReader {
  /**
   * Returns the object in a response that has the numbers: the response itself, unless a reader
   * says otherwise; {@code null} if there is none.
   */
  default Object usageIn(Object response) {
    return response;
  }

  /** Returns the input tokens, including those read from and written to a cache. */
  long input(Object usage);

  /** Returns the output tokens. */
  long output(Object usage);

  /** Returns the input tokens that were read from a cache. */
  long cached(Object usage);
}
