package io.metricsagent.agent.sessions;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened in a session. The fields are those of the file, in its order.
 *
 * @param eventType one of the six documented types, or any other
 * @param skillName may be {@code null}
 * @param data empty if there is none; nobody changes it
 * @param sessionId may be {@code null}
 */
public record SessionEvent(
    Instant timestamp, String eventType, String skillName, ObjectNode data, String sessionId) {
  /** A skill was triggered; data: {@code skill_name}. */
  public static final String SKILL_INVOKED = "skill.invoked";

  /** A tool call began; data: {@code tool}, {@code args}. */
  public static final String TOOL_CALLED = "tool.called";

  /** A tool call ended; data: {@code tool}, {@code success}, {@code error}. */
  public static final String TOOL_COMPLETED = "tool.completed";

  /** A model was asked; data: {@code model}, {@code tokens}. */
  public static final String LLM_REQUEST = "llm.request";

  /** A model answered; data: {@code model}, {@code latency_ms}. */
  public static final String LLM_RESPONSE = "llm.response";

  /** Something failed; data: {@code error_type}, {@code message}. */
  public static final String ERROR = "error";
}
