package io.metricsagent.agent.sessions;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a file of sessions, one session at a time, in the form of Python's {@code json.dumps} with
 * an indentation of 2. The text is ASCII, so that any text can be written, even half a surrogate
 * pair. Not thread-safe.
 */
public final class SessionWriter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Writes sessions one after the other. */
  interface Body {
    void writeTo(SessionWriter writer) throws IOException;
  }

  /** Tells elements one after the other. */
  interface Elements<T> {
    void forEach(SessionFile.Taker<T> taker) throws IOException;
  }

  private final JsonGenerator json;

  private SessionWriter(JsonGenerator json) {
    this.json = json;
  }

  /**
   * Writes a whole file and closes the stream.
   *
   * @throws IOException if the stream cannot be written
   */
  public static void write(OutputStream out, Instant exportedAt, Iterable<Session> sessions)
      throws IOException {
    write(
        out,
        exportedAt,
        writer -> {
          for (Session session : sessions) {
            writer.session(session);
          }
        });
  }

  /**
   * Writes a whole file and closes the stream.
   *
   * @throws IOException if the stream cannot be written, or if the body throws it
   */
  static void write(OutputStream out, Instant exportedAt, Body body) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("exported_at", SessionTime.text(exportedAt));
      json.writeArrayPropertyStart("sessions");
      body.writeTo(new SessionWriter(json));
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (JacksonException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
    }
  }

  /** Makes a generator with the layout of these files; closing it closes the stream. */
  static JsonGenerator generator(OutputStream out) {
    return MAPPER.writer().with(printer()).createGenerator(out);
  }

  private static PrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    return new DefaultPrettyPrinter(separators)
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  private void session(Session session) throws IOException {
    session(
        session,
        taker -> {
          for (SessionEvent event : session.events()) {
            taker.take(event);
          }
        },
        taker -> {
          for (JsonNode call : session.toolCalls()) {
            taker.take(call);
          }
        });
  }

  /** Writes a session whose events and tool calls are told one by one, and not its own. */
  void session(Session session, Elements<SessionEvent> events, Elements<JsonNode> toolCalls)
      throws IOException {
    json.writeStartObject();
    json.writeStringProperty("session_id", session.sessionId());
    json.writeStringProperty("start_time", SessionTime.text(session.startTime()));
    json.writeStringProperty(
        "end_time", session.endTime() == null ? null : SessionTime.text(session.endTime()));
    json.writeStringProperty("skill_name", session.skillName());
    json.writeStringProperty("prompt", session.prompt());
    json.writeStringProperty("output", session.output());
    json.writeArrayPropertyStart("events");
    events.forEach(this::event);
    json.writeEndArray();
    json.writeArrayPropertyStart("tool_calls");
    toolCalls.forEach(json::writeTree);
    json.writeEndArray();
    json.writeBooleanProperty("success", session.success());
    json.writeStringProperty("error", session.error());
    json.writeNumberProperty("duration_ms", session.durationMs());
    json.writeName("metadata");
    json.writeTree(session.metadata());
    json.writeEndObject();
  }

  private void event(SessionEvent event) {
    json.writeStartObject();
    json.writeStringProperty("timestamp", SessionTime.text(event.timestamp()));
    json.writeStringProperty("event_type", event.eventType());
    json.writeStringProperty("skill_name", event.skillName());
    json.writeName("data");
    json.writeTree(event.data());
    json.writeStringProperty("session_id", event.sessionId());
    json.writeEndObject();
  }
}
