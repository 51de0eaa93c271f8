package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.llm.UsageReader;

/** Reads responses of which nobody knows where they report tokens, if they do. Stateless. */
final class NoUsage implements UsageReader {
  @Override
  public long input(Object usage) {
    return -1;
  }

  @Override
  public long output(Object usage) {
    return -1;
  }

  @Override
  public long cached(Object usage) {
    return -1;
  }
}
