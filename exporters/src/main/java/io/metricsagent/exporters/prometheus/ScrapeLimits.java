package io.metricsagent.exporters.prometheus;

import java.time.Duration;

/**
 * What clients may take of an application: file descriptors, memory and time.
 *
 * @param connections open at once; a further one takes the place of the one that has been in its
 *     state for longest
 * @param answers that wait for their readers at once, each of them in memory; a further one takes
 *     the place of the oldest
 * @param request from a connection's first moment, or a further request's first byte, to the
 *     request's end
 * @param idle between an answer and a further request; longer than the usual intervals of scrapes
 * @param answer until an answer is read
 */
record ScrapeLimits(
    int connections, int answers, Duration request, Duration idle, Duration answer) {
  /** Room for several servers that scrape over a kept connection each. */
  static final ScrapeLimits DEFAULT =
      new ScrapeLimits(
          32, 8, Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofSeconds(30));

  long nanos(ScrapeConnection.State state) {
    return switch (state) {
      case READING, DRAINING -> request.toNanos();
      case IDLE -> idle.toNanos();
      case ANSWERING -> answer.toNanos();
    };
  }
}
