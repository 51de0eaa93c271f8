package io.metricsagent.agent.sessions;

import io.metricsagent.agent.files.JsonLines;
import io.metricsagent.agent.files.SkippedLines;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the events of logs with one JSON object a line, and makes sessions of them. Not
 * thread-safe.
 *
 * <p>A line has {@code timestamp}, {@code event} and {@code session_id} (or {@code session}), and
 * may have {@code skill} and {@code data}. Other lines are skipped.
 */
public final class LogImport {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, List<SessionEvent>> sessions = new LinkedHashMap<>();

  /** Makes an import without events. */
  public LogImport() {}

  /**
   * Reads a log to its end; a session may go on in another log.
   *
   * @return the lines that hold no event
   */
  public SkippedLines read(InputStream in) throws IOException {
    return JsonLines.read(in, this::add, bytes -> {});
  }

  private boolean add(byte[] bytes, int begin, int end) {
    SessionEvent event = event(bytes, begin, end);
    if (event == null) {
      return false;
    }
    sessions.computeIfAbsent(event.sessionId(), none -> new ArrayList<>()).add(event);
    return true;
  }

  /** Returns the sessions, in the order of their first lines. */
  public Collection<Session> sessions() {
    List<Session> result = new ArrayList<>();
    sessions.forEach((id, events) -> result.add(SessionBuilder.ofEvents(id, events)));
    return result;
  }

  /** Returns the event of a line, or {@code null} if it holds none. */
  private static SessionEvent event(byte[] bytes, int begin, int end) {
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), bytes, begin, end - begin)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      JsonNode fields = SessionTree.read(parser);
      if (parser.nextToken() != null) {
        return null;
      }
      String time = text(fields, "timestamp");
      String type = text(fields, "event");
      String session = text(fields, "session_id");
      session = session == null ? text(fields, "session") : session;
      JsonNode data = fields.path("data");
      boolean noData = data.isMissingNode() || data.isNull();
      if (time == null || type == null || session == null || !(noData || data.isObject())) {
        return null;
      }
      return new SessionEvent(
          SessionTime.parse(time),
          type,
          text(fields, "skill"),
          noData ? JsonNodeFactory.instance.objectNode() : (ObjectNode) data,
          session);
    } catch (JacksonException | UnreadableSessionException | DateTimeException e) {
      return null;
    }
  }

  private static String text(JsonNode fields, String name) {
    JsonNode value = fields.get(name);
    return value != null && value.isString() && !value.stringValue().isEmpty()
        ? value.stringValue()
        : null;
  }
}
