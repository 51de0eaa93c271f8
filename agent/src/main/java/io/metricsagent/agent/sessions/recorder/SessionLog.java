package io.metricsagent.agent.sessions.recorder;

import io.metricsagent.exporters.otlp.LogEvent;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.events.CallEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Makes log records of the events of one session, with the names of OpenTelemetry's conventions as
 * far as they have names, and others below {@code wink.}. The records are held until the id of the
 * session is certain, at the latest until the run ends: a library may tell the id of a conversation
 * late. All texts are clean and cut already. Not thread-safe.
 */
final class SessionLog {
  /** How many records are held, and how many beginnings of calls are remembered. */
  static final int MAX_HELD = OpenSession.MAX_EVENTS;

  private static final String REQUEST = "gen_ai.client.inference.operation.details";
  private static final String EXCEPTION = "gen_ai.client.operation.exception";
  private static final String EMBEDDINGS = "embeddings";
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final SessionLogs logs;
  private final Contents contents;
  private final List<LogEvent> held = new ArrayList<>();
  private final Map<Long, Object> beginnings = new HashMap<>();
  private long dropped;

  SessionLog(SessionLogs logs, Contents contents) {
    this.logs = logs;
    this.contents = contents;
  }

  /** The session begins, with the run of a skill. */
  void began(Instant start, String skill) {
    Attributes attributes = new Attributes().put("wink.session.skill", skill);
    add(new LogEvent("session.start", nanos(start), false, null, null, attributes.map, null));
  }

  /** A run of the session has ended. */
  void runEnded(CallEvent event, String skill) {
    Attributes attributes =
        new Attributes()
            .put("wink.run.scenario", skill)
            .seconds("wink.run.duration", event.durationNanos())
            .put("error.type", contents.name(event.errorType()));
    for (Map.Entry<ContextField, String> said : event.run().said().entrySet()) {
      attributes.put("wink." + said.getKey().key(), contents.name(said.getValue()));
    }
    add(record("wink.run", event, event.failed(), attributes, null));
  }

  /**
   * A request has begun, or a tool call; what it was asked is {@code null} unless content is on.
   */
  void callBegan(CallEvent event, Object asked) {
    if (asked != null && beginnings.size() < MAX_HELD) {
      beginnings.put(event.operation(), asked);
    }
  }

  /**
   * A request has ended.
   *
   * @param answer {@code null} unless content is on
   * @param message of the exception; {@code null} unless content is on
   */
  void requestEnded(CallEvent event, String answer, String message) {
    String prompt = (String) beginnings.remove(event.operation());
    String operation = event.operationName() == null ? "chat" : event.operationName();
    Attributes attributes =
        new Attributes()
            .put("gen_ai.operation.name", contents.name(operation))
            .put("gen_ai.provider.name", event.provider() == null ? "unknown" : event.provider())
            .put("gen_ai.request.model", contents.name(event.model()))
            .count("gen_ai.usage.input_tokens", event.inputTokens())
            .count("gen_ai.usage.output_tokens", event.outputTokens())
            .count("gen_ai.usage.cache_read.input_tokens", event.cachedTokens())
            .put("gen_ai.request.stream", event.pieces() > 0 ? Boolean.TRUE : null)
            .seconds("gen_ai.response.time_to_first_chunk", event.firstPieceNanos())
            .seconds("wink.request.duration", event.durationNanos())
            .put("error.type", contents.name(event.errorType()))
            .put("gen_ai.input.messages", messages("user", prompt))
            .put("gen_ai.output.messages", messages("assistant", answer));
    boolean embeddings = operation.equals(EMBEDDINGS);
    add(record(embeddings ? "wink.embeddings" : REQUEST, event, event.failed(), attributes, null));
    if (event.failed()) {
      Throwable thrown = event.thrown();
      String type = thrown == null ? event.errorType() : thrown.getClass().getName();
      Attributes exception =
          new Attributes()
              .put("exception.type", contents.name(type))
              .put("exception.message", message);
      add(record(EXCEPTION, event, true, exception, null));
    }
  }

  /** A tool call has ended. */
  void toolEnded(CallEvent event) {
    JsonNode arguments = (JsonNode) beginnings.remove(event.operation());
    Attributes attributes =
        new Attributes()
            .put("gen_ai.operation.name", "execute_tool")
            .put("gen_ai.tool.name", contents.name(event.tool()))
            .seconds("wink.tool.duration", event.durationNanos())
            .put("error.type", contents.name(event.errorType()))
            .put("gen_ai.tool.call.arguments", PlainValues.of(arguments));
    add(record("wink.tool.call", event, event.failed(), attributes, null));
  }

  /** The application has recorded an event; its data are {@code null} unless content is on. */
  void recorded(CallEvent event, String name, JsonNode data) {
    add(record(name, event, false, new Attributes(), PlainValues.of(data)));
  }

  private static LogEvent record(
      String name, CallEvent event, boolean warning, Attributes attributes, Object body) {
    return new LogEvent(
        name, event.epochNanos(), warning, event.traceId(), event.spanId(), attributes.map, body);
  }

  /**
   * The session has ended. Its last record is sent even if there is no room for others.
   *
   * @param prompt empty unless content is on
   * @param output empty unless content is on
   * @param error {@code null} after a success
   */
  void ended(
      Instant start,
      Instant end,
      String skill,
      String prompt,
      String output,
      String error,
      int runs) {
    Duration duration = Duration.between(start, end);
    Attributes attributes =
        new Attributes()
            .put("wink.session.skill", skill)
            .put("wink.session.success", error == null)
            .put("error.type", error)
            .seconds("wink.session.duration", Math.max(0, duration.toNanos()))
            .put("wink.session.runs", (long) runs)
            .put("wink.session.dropped_records", dropped == 0 ? null : (Long) dropped)
            .put("gen_ai.input.messages", messages("user", emptyToNull(prompt)))
            .put("gen_ai.output.messages", messages("assistant", emptyToNull(output)));
    LogEvent last =
        new LogEvent("session.end", nanos(end), false, null, null, attributes.map, null);
    if (!logs.hold(last)) {
      logs.holdBeyondLimit(last);
    }
    held.add(last);
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private void add(LogEvent event) {
    if (held.size() < MAX_HELD && logs.hold(event)) {
      held.add(event);
    } else {
      dropped++;
    }
  }

  /**
   * Sends the records that are held.
   *
   * @param id of the session
   * @param conversation {@code null} if the session is none
   */
  void release(String id, String conversation) {
    Attributes ids =
        new Attributes().put("session.id", id).put("gen_ai.conversation.id", conversation);
    for (LogEvent event : held) {
      logs.release(event, event.with(ids.map));
    }
    held.clear();
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  /** Returns the structure that the conventions describe for messages, or {@code null}. */
  private static List<Object> messages(String role, String text) {
    if (text == null) {
      return null;
    }
    return List.of(Map.of("role", role, "parts", List.of(Map.of("type", "text", "content", text))));
  }

  /** Attributes in their order; what is not known is absent. */
  private static final class Attributes {
    private final Map<String, Object> map = new LinkedHashMap<>();

    Attributes put(String name, Object value) {
      if (value != null) {
        map.put(name, value);
      }
      return this;
    }

    Attributes count(String name, long value) {
      return put(name, value == CallEvent.UNKNOWN ? null : (Long) value);
    }

    Attributes seconds(String name, long nanos) {
      return put(name, nanos == CallEvent.UNKNOWN ? null : (Double) (nanos / NANOS_PER_SECOND));
    }
  }
}
