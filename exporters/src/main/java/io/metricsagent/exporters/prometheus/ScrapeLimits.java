package io.metricsagent.exporters.prometheus;

import java.time.Duration;

/**
 * The limits of what clients may use of an application: file descriptors, memory and time.
 *
 * @param connections how many connections may be open; a further one replaces the one that has been
 *     in its state for longest
 * @param how many answers may be in memory until clients have read them; a further one replaces the
 *     oldest
 * @param request the time from the beginning of a connection, or the first byte of a further
 *     request, to the end of the request
 * @param idle the time between an answer and the next request; longer than the usual intervals of
 *     scrapes
 * @param answer the time until an answer is read
 */
record ScrapeLimits(
    int connections, int answers, Duration request, Duration idle, Duration answer) {
  /** Enough for several servers, each of which scrapes over a persistent connection. */
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
