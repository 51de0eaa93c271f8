package io.metricsagent.instrumentations.llm;

/**
 * Reads the tokens that a response, or a piece of a response, reports; -1 for a number that it does
 * not report.
 *
 * <p>Implementations are stateless and never throw.
 */
public interface UsageReader {
  /** A reader for responses without tokens. */
  UsageReader UNKNOWN =
      new UsageReader() {
        @Override
        public long input(Object response) {
          return -1;
        }

        @Override
        public long output(Object response) {
          return -1;
        }

        @Override
        public long cached(Object response) {
          return -1;
        }
      };

  /** Returns the input tokens, including those read from and written to a cache. */
  long input(Object response);

  /** Returns the output tokens. */
  long output(Object response);

  /** Returns the input tokens that were read from a cache. */
  long cached(Object response);
}
