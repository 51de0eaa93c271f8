package io.metricsagent.agent.sessions;

import io.metricsagent.agent.files.ExternalSort;
import io.metricsagent.agent.files.JsonLines;
import io.metricsagent.agent.files.SkippedLines;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the events of logs with one JSON object a line, and makes sessions of them: in the order
 * of their first lines, with their events in the order of their times. The lines are sorted, in
 * temporary files if need be, so neither many sessions nor a long one have to fit into the memory.
 * Not thread-safe.
 *
 * <p>A line has {@code timestamp}, {@code event} and {@code session_id} (or {@code session}), and
 * may have {@code skill} and {@code data}. Other lines are skipped.
 */
public final class LogImport implements Closeable {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final ExternalSort bySession;
  private final ExternalSort inOrder;
  private long lines;
  private boolean ordered;

  /** Makes an import without events. */
  public LogImport() {
    this(new ExternalSort(), new ExternalSort());
  }

  /** Makes an import by means of two sorts without records, which are closed with it. */
  LogImport(ExternalSort bySession, ExternalSort inOrder) {
    this.bySession = bySession;
    this.inOrder = inOrder;
  }

  /**
   * Reads a log to its end; a session may go on in another log.
   *
   * @return the lines that hold no event
   */
  public SkippedLines read(InputStream in) throws IOException {
    return JsonLines.read(in, this::add, bytes -> {});
  }

  private boolean add(byte[] bytes, int begin, int end) throws IOException {
    SessionEvent event = event(bytes, begin, end);
    if (event == null) {
      return false;
    }
    byte[] value =
        ByteBuffer.allocate(Long.BYTES + LogEvents.TIME_BYTES + end - begin)
            .putLong(lines++)
            .put(LogEvents.time(event.timestamp()))
            .put(bytes, begin, end - begin)
            .array();
    bySession.add(event.sessionId().getBytes(StandardCharsets.UTF_16BE), value);
    return true;
  }

  /**
   * Writes all sessions. Nothing can be read any more.
   *
   * @param redaction is applied to each session, or {@code null}
   * @return how many sessions there are
   */
  public long writeTo(OutputStream out, Instant exportedAt, SessionRedaction redaction)
      throws IOException {
    order();
    AtomicLong count = new AtomicLong();
    try (LogEvents heads = new LogEvents(inOrder.read());
        LogEvents events = new LogEvents(inOrder.read());
        LogEvents calls = new LogEvents(inOrder.read())) {
      SessionWriter.write(
          out,
          exportedAt,
          writer -> {
            while (heads.hasNext()) {
              LogSession session = new LogSession();
              heads.session(session::add);
              Session head = session.head();
              writer.session(
                  redaction == null ? head : redaction.of(head),
                  taker -> events.session(event -> taker.take(redacted(event, redaction))),
                  taker ->
                      calls.session(
                          event -> {
                            if (SessionBuilder.isToolCall(event.eventType(), event.data())) {
                              taker.take(redacted(event, redaction).data());
                            }
                          }));
              count.incrementAndGet();
            }
          });
    }
    return count.get();
  }

  private static SessionEvent redacted(SessionEvent event, SessionRedaction redaction) {
    return redaction == null ? event : redaction.of(event);
  }

  /** Sorts by the number of the session's first line, and then by time. */
  private void order() throws IOException {
    if (ordered) {
      return;
    }
    ordered = true;
    byte[] session = null;
    long first = 0;
    try (ExternalSort.Cursor cursor = bySession.read()) {
      for (ExternalSort.Entry one = cursor.next(); one != null; one = cursor.next()) {
        ByteBuffer value = ByteBuffer.wrap(one.value());
        long line = value.getLong();
        if (session == null || !Arrays.equals(one.key(), session)) {
          session = one.key();
          first = line;
        }
        byte[] time = new byte[LogEvents.TIME_BYTES];
        byte[] bytes = new byte[value.remaining() - time.length];
        value.get(time).get(bytes);
        inOrder.add(LogEvents.key(first, time), bytes);
      }
    }
    bySession.close();
  }

  /** Forgets all events and deletes the temporary files. */
  @Override
  public void close() throws IOException {
    bySession.close();
    inOrder.close();
  }

  /** Returns the event of a line, or {@code null} if it holds none. */
  static SessionEvent event(byte[] bytes, int begin, int end) {
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
