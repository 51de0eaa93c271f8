package io.metricsagent.agent.sessions;

import java.time.Instant;

/**
 * What an analysis needs to know about a session.
 *
 * @param end {@code null} if it is not known
 * @param skill {@code null} if none is known
 */
public record SessionSummary(
    Instant start, Instant end, String skill, boolean success, long toolCalls) {

  /** Returns the duration in whole milliseconds, cut off; 0 if the end is not known. */
  public long durationMs() {
    return Session.durationMs(start, end);
  }
}
