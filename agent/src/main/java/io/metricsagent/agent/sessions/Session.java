package io.metricsagent.agent.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened from a question to its answer, or in one conversation. The fields are those of the
 * file, in its order.
 *
 * @param endTime {@code null} if the end is not known
 * @param skillName {@code null} if no skill is known
 * @param prompt empty if it is not known
 * @param output empty if it is not known
 * @param toolCalls the data of each tool call; nobody changes it
 * @param error {@code null} for none
 * @param metadata empty if there is none; nobody changes it
 */
public record Session(
    String sessionId,
    Instant startTime,
    Instant endTime,
    String skillName,
    String prompt,
    String output,
    List<SessionEvent> events,
    List<JsonNode> toolCalls,
    boolean success,
    String error,
    ObjectNode metadata) {

  public Session {
    events = List.copyOf(events);
    toolCalls = List.copyOf(toolCalls);
  }

  /** Returns the duration in whole milliseconds, cut off; 0 if the end is not known. */
  public long durationMs() {
    return durationMs(startTime, endTime);
  }

  static long durationMs(Instant start, Instant end) {
    return end == null ? 0 : Math.max(0, Duration.between(start, end).toMillis());
  }
}
