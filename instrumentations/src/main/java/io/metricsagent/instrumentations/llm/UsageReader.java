package io.metricsagent.instrumentations.llm;

/**
 * Reads how many tokens a response, or a piece of one, says that it took; -1 where it does not say.
 *
 * <p>Implementations are stateless and never throw.
 */
public interface UsageReader {
  /** What has no answer. */
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

  /** Returns the tokens of the request, cached ones included. */
  long input(Object response);

  /** Returns the tokens that the model produced. */
  long output(Object response);

  /** Returns the tokens of the request that came from a cache. */
  long cached(Object response);
}
