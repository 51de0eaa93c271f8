package io.metricsagent.agent.rollups.record;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds out whether other providers took over in a session. A swap is confirmed if a request
 * failed, and the next one that began after that went to another provider or model, as that of a
 * router or fallback does. It is inferred if there are several providers. Not thread-safe.
 */
final class LiveSwaps {
  private static final int MAX_PROVIDERS = 64;
  private static final String SEPARATOR = "|";

  private final boolean countsModels;
  private final Set<String> providers = new HashSet<>();
  private String failed;
  private long failedNanos;
  private int confirmed;

  /**
   * Makes a record of no request.
   *
   * @param countsModels whether several models of one provider are a swap, too
   */
  LiveSwaps(boolean countsModels) {
    this.countsModels = countsModels;
  }

  /**
   * A request ended.
   *
   * @param provider {@code null} if it is not known
   * @param failure whether it failed, which it did not if the application cancelled it
   */
  void ended(String provider, String model, boolean failure, long startNanos, long endNanos) {
    if (provider == null) {
      return;
    }
    if (providers.size() < MAX_PROVIDERS) {
      providers.add(countsModels ? provider + SEPARATOR + model : provider);
    }
    String target = provider + SEPARATOR + model;
    if (failed != null && startNanos - failedNanos >= 0) {
      confirmed += failed.equals(target) ? 0 : 1;
      failed = null;
    }
    if (failure) {
      failed = target;
      failedNanos = endNanos;
    }
  }

  int confirmed() {
    return confirmed;
  }

  int inferred() {
    return Math.max(0, providers.size() - 1);
  }
}
