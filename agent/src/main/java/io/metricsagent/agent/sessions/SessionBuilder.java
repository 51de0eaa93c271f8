package io.metricsagent.agent.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A session that events are added to until it ends. Not thread-safe. */
public final class SessionBuilder {
  private final String id;
  private final Instant start;
  private final List<SessionEvent> events = new ArrayList<>();
  private final List<JsonNode> toolCalls = new ArrayList<>();
  private String skill;
  private String prompt = "";
  private String output = "";
  private ObjectNode metadata = JsonNodeFactory.instance.objectNode();

  /** Begins a session. */
  public SessionBuilder(String id, Instant start) {
    this.id = id;
    this.start = start;
  }

  /**
   * Adds an event. The first skill that an event names is the session's, and the data of each tool
   * call is listed once more in its tool calls.
   *
   * @param skillName may be {@code null}
   */
  public void add(Instant time, String type, String skillName, ObjectNode data) {
    events.add(new SessionEvent(time, type, skillName, data, id));
    if (skill == null && skillName != null && !skillName.isEmpty()) {
      skill = skillName;
    }
    if (type.equals(SessionEvent.TOOL_CALLED) && !data.isEmpty()) {
      toolCalls.add(data);
    }
  }

  /** Returns the number of events. */
  public int size() {
    return events.size();
  }

  /** Sets what was asked. */
  public void prompt(String text) {
    prompt = text;
  }

  /** Sets what was answered. */
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
  public Session end(Instant end, boolean success, String error) {
    return new Session(
        id, start, end, skill, prompt, output, events, toolCalls, success, error, metadata);
  }

  /**
   * Makes a session of all its events: from the first to the last, in the order of their times. It
   * failed if the last event is an error.
   *
   * @param events at least one
   */
  static Session ofEvents(String id, List<SessionEvent> events) {
    List<SessionEvent> inOrder = new ArrayList<>(events);
    inOrder.sort(Comparator.comparing(SessionEvent::timestamp));
    SessionBuilder session = new SessionBuilder(id, inOrder.get(0).timestamp());
    for (SessionEvent event : inOrder) {
      session.add(event.timestamp(), event.eventType(), event.skillName(), event.data());
    }
    SessionEvent last = inOrder.get(inOrder.size() - 1);
    boolean failed = last.eventType().equals(SessionEvent.ERROR);
    return session.end(last.timestamp(), !failed, failed ? error(last) : null);
  }

  private static String error(SessionEvent event) {
    for (String field : List.of("message", "error_type")) {
      JsonNode text = event.data().get(field);
      if (text != null && text.isString() && !text.stringValue().isEmpty()) {
        return text.stringValue();
      }
    }
    return SessionEvent.ERROR;
  }
}
