package io.metricsagent.agent.sessions;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns JSON into sessions. Fields that are missing have the documented defaults, unknown ones are
 * ignored, and a field of another type makes the session unreadable. Stateless.
 */
final class SessionFields {
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private SessionFields() {}

  /** Reads the whole session whose first token is the current one. */
  static Session session(JsonParser parser) throws UnreadableSessionException {
    JsonNode tree = SessionTree.read(parser);
    if (!(tree instanceof ObjectNode fields)) {
      throw new UnreadableSessionException("no object");
    }
    String id = required(text(fields, "session_id"), "session_id");
    List<SessionEvent> events = new ArrayList<>();
    for (JsonNode event : list(fields, "events")) {
      events.add(event(event));
    }
    JsonNode success = fields.get("success");
    return new Session(
        id,
        time(text(fields, "start_time"), "start_time"),
        timeIfAny(text(fields, "end_time"), "end_time"),
        notEmpty(text(fields, "skill_name")),
        orEmpty(text(fields, "prompt")),
        orEmpty(text(fields, "output")),
        events,
        list(fields, "tool_calls"),
        success == null || (success.isBoolean() && success.booleanValue()),
        text(fields, "error"),
        object(fields, "metadata"));
  }

  private static SessionEvent event(JsonNode tree) throws UnreadableSessionException {
    if (!(tree instanceof ObjectNode fields)) {
      throw new UnreadableSessionException("an event is no object");
    }
    String type = text(fields, "event_type");
    if (type == null) {
      throw new UnreadableSessionException("an event has no event_type");
    }
    return new SessionEvent(
        time(text(fields, "timestamp"), "timestamp"),
        type,
        text(fields, "skill_name"),
        object(fields, "data"),
        text(fields, "session_id"));
  }

  /** Reads what an analysis needs, and passes over everything else without keeping it. */
  static SessionSummary summary(JsonParser parser) throws UnreadableSessionException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      throw new UnreadableSessionException("no object");
    }
    String id = null;
    String start = null;
    String end = null;
    String skill = null;
    boolean success = true;
    long toolCalls = 0;
    String wrong = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      boolean readable = true;
      switch (name) {
        case "session_id" -> {
          id = textOrNull(parser);
          readable = isTextOrNull(value);
        }
        case "start_time" -> {
          start = textOrNull(parser);
          readable = isTextOrNull(value);
        }
        case "end_time" -> {
          end = textOrNull(parser);
          readable = isTextOrNull(value);
        }
        case "skill_name" -> {
          skill = textOrNull(parser);
          readable = isTextOrNull(value);
        }
        case "success" -> success = value == JsonToken.VALUE_TRUE;
        case "tool_calls" -> {
          toolCalls = value == JsonToken.START_ARRAY ? elements(parser) : 0;
          readable = value == JsonToken.START_ARRAY || value == JsonToken.VALUE_NULL;
        }
        default -> readable = true;
      }
      wrong = readable || wrong != null ? wrong : name;
      parser.skipChildren();
    }
    if (wrong != null) {
      throw unexpected(wrong);
    }
    required(id, "session_id");
    return new SessionSummary(
        time(start, "start_time"), timeIfAny(end, "end_time"), notEmpty(skill), success, toolCalls);
  }

  private static boolean isTextOrNull(JsonToken value) {
    return value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL;
  }

  private static String textOrNull(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
  }

  private static long elements(JsonParser parser) {
    long elements = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements++;
      parser.skipChildren();
    }
    return elements;
  }

  private static String text(ObjectNode fields, String name) throws UnreadableSessionException {
    JsonNode value = fields.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw unexpected(name);
    }
    return value.stringValue();
  }

  private static List<JsonNode> list(ObjectNode fields, String name)
      throws UnreadableSessionException {
    JsonNode value = fields.get(name);
    if (value == null || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw unexpected(name);
    }
    List<JsonNode> list = new ArrayList<>();
    value.forEach(list::add);
    return list;
  }

  private static ObjectNode object(ObjectNode fields, String name)
      throws UnreadableSessionException {
    JsonNode value = fields.get(name);
    if (value == null || value.isNull()) {
      return NOTHING;
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw unexpected(name);
  }

  private static UnreadableSessionException unexpected(String name) {
    return new UnreadableSessionException(name + " has another type");
  }

  private static Instant timeIfAny(String text, String name) throws UnreadableSessionException {
    return notEmpty(text) == null ? null : time(text, name);
  }

  private static Instant time(String text, String name) throws UnreadableSessionException {
    try {
      return SessionTime.parse(required(text, name));
    } catch (DateTimeException e) {
      throw new UnreadableSessionException(name + " is no time");
    }
  }

  private static String required(String text, String name) throws UnreadableSessionException {
    if (text == null) {
      throw new UnreadableSessionException("no " + name);
    }
    return text;
  }

  private static String notEmpty(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
