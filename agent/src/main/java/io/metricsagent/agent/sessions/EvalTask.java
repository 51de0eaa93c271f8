package io.metricsagent.agent.sessions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns a session into a task of an evaluation, in the documented shape. Stateless. */
final class EvalTask {
  private static final int SHORT_ID = 8;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private EvalTask() {}

  /** Returns the id of the task. */
  static String id(Session session) {
    return "runtime-" + session.sessionId();
  }

  /** Returns the task. What a user expects of it is for the user to add. */
  static ObjectNode of(Session session) {
    String id = session.sessionId();
    int shortLength = Math.min(SHORT_ID, id.codePointCount(0, id.length()));
    ObjectNode task = NODES.objectNode();
    task.put("id", id(session));
    task.put("name", "Runtime session " + id.substring(0, id.offsetByCodePoints(0, shortLength)));
    task.put("description", "Captured from runtime on " + SessionTime.text(session.startTime()));
    ObjectNode inputs = task.putObject("inputs");
    inputs.put("prompt", session.prompt());
    inputs.set("context", session.metadata());
    ObjectNode captured = task.putObject("captured");
    captured.put("output", session.output());
    ArrayNode calls = captured.putArray("tool_calls");
    for (JsonNode call : session.toolCalls()) {
      calls.add(call);
    }
    ArrayNode events = captured.putArray("events");
    for (SessionEvent event : session.events()) {
      events.add(event(event));
    }
    captured.put("duration_ms", session.durationMs());
    captured.put("success", session.success());
    captured.put("error", session.error());
    return task;
  }

  private static ObjectNode event(SessionEvent event) {
    ObjectNode node = NODES.objectNode();
    node.put("timestamp", SessionTime.text(event.timestamp()));
    node.put("event_type", event.eventType());
    node.put("skill_name", event.skillName());
    node.set("data", event.data());
    node.put("session_id", event.sessionId());
    return node;
  }
}
