package io.metricsagent.agent.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A session that events are added to until it ends. Not thread-safe. */
public final class SessionBuilder {
  private final Instant start;
  private final List<SessionEvent> events = new ArrayList<>();
  private final List<JsonNode> toolCalls = new ArrayList<>();
  private final ObjectNode metadata = JsonNodeFactory.instance.objectNode();
  private String skill;
  private String prompt = "";
  private String output = "";

  /** Begins a session. */
  public SessionBuilder(Instant start) {
    this.start = start;
  }

  /**
   * Adds an event. The first skill that an event names is the session's, and the data of each tool
   * call is listed once more in its tool calls.
   *
   * @param skillName may be {@code null}
   * @param data may be changed until the session ends
   */
  public void add(Instant time, String type, String skillName, ObjectNode data) {
    events.add(new SessionEvent(time, type, skillName, data, null));
    if (skill == null && skillName != null && !skillName.isEmpty()) {
      skill = skillName;
    }
    if (isToolCall(type, data)) {
      toolCalls.add(data);
    }
  }

  /** Returns the number of events. */
  public int size() {
    return events.size();
  }

  /** Sets what was asked; the first question stays. */
  public void prompt(String text) {
    prompt = prompt.isEmpty() ? text : prompt;
  }

  /** Sets what was answered; the last answer stays. */
  public void output(String text) {
    output = text;
  }

  /** Returns the metadata, to add to them. */
  public ObjectNode metadata() {
    return metadata;
  }

  /**
   * Returns the session.
   *
   * @param end {@code null} if it is not known
   * @param error {@code null} for none
   */
  public Session end(String id, Instant end, boolean success, String error) {
    List<SessionEvent> named = new ArrayList<>();
    for (SessionEvent event : events) {
      named.add(
          new SessionEvent(
              event.timestamp(), event.eventType(), event.skillName(), event.data(), id));
    }
    return new Session(
        id, start, end, skill, prompt, output, named, toolCalls, success, error, metadata);
  }

  /** Returns whether the data of an event is listed in the session's tool calls. */
  static boolean isToolCall(String type, ObjectNode data) {
    return type.equals(SessionEvent.TOOL_CALLED) && !data.isEmpty();
  }
}
