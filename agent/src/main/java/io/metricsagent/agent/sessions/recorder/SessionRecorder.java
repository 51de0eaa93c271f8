package io.metricsagent.agent.sessions.recorder;

import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.agent.redaction.Redactor;
import io.metricsagent.agent.sessions.SessionEvent;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.exporters.otlp.OtlpLogSink;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventConsumer;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.Run;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records the sessions of an application: turns each event of a run that is sampled into an event
 * of its session. {@link OpenSessions} knows which session that is, {@link EndedSessions} writes
 * the sessions that have ended, and {@link SessionLogs} sends them as log records. Used by the
 * thread of the events.
 *
 * <p>Prompts, answers, arguments and the messages of exceptions are recorded only if content is
 * switched on.
 */
public final class SessionRecorder implements EventConsumer {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final SessionSettings settings;
  private final EndedSessions ended;
  private final SessionLogs logs;
  private OpenSessions open;
  private Contents contents;
  private boolean content;

  /**
   * Makes a recorder that opens no file before the first session ends.
   *
   * @param worker the name of this process, for the names of files
   * @param logs makes the sink that sends sessions over OTLP, when the first one is sent; {@code
   *     null} if they are not sent
   */
  public SessionRecorder(SessionSettings settings, String worker, Supplier<OtlpLogSink> logs) {
    this(settings, new EndedSessions(settings, worker), logs);
  }

  SessionRecorder(SessionSettings settings, EndedSessions ended, Supplier<OtlpLogSink> logs) {
    this.settings = settings;
    this.ended = ended;
    this.logs = logs == null ? null : new SessionLogs(logs);
  }

  @Override
  public Interest interest() {
    return Interest.SAMPLED_RUNS;
  }

  @Override
  public void accept(CallEvent event) {
    Run run = event.run();
    if (!run.isSampled()) {
      return;
    }
    if (open == null) {
      start();
    }
    Instant time = Instant.ofEpochSecond(0, event.epochNanos());
    OpenSession session =
        event.kind() == EventKind.RUN_BEGAN ? open.began(run, time) : open.of(run, time);
    if (session == null) {
      return;
    }
    switch (event.kind()) {
      case RUN_BEGAN -> session.add(time, SessionEvent.SKILL_INVOKED, skill(run), skillData(run));
      case RUN_ENDED -> runEnded(session, event, time);
      case REQUEST_BEGAN -> requestBegan(session, event, time);
      case REQUEST_ENDED -> requestEnded(session, event, time);
      case TOOL_BEGAN -> toolBegan(session, event, time);
      case TOOL_ENDED -> toolEnded(session, event, time);
      case APPLICATION -> recorded(session, event, time);
      case ATTEMPT_ENDED, FIRST_PIECE, OUTPUT -> {
        // The documented events say nothing about parts of a request.
      }
    }
  }

  /** Makes what the first event needs; a pattern that cannot be used switches contents off. */
  private void start() {
    content = settings.content();
    Redactor redactor;
    try {
      redactor = Redactor.with(settings.redactPattern());
    } catch (IllegalArgumentException e) {
      AgentLog.warn(
          SessionSettings.REDACT.key()
              + ": "
              + e.getMessage()
              + "; write a regular expression in the syntax of RE2. Sessions are recorded without"
              + " contents.");
      redactor = Redactor.with(null);
      content = false;
    }
    contents = new Contents(redactor);
    open = new OpenSessions(settings.idle(), contents, ended, logs);
  }

  private String skill(Run run) {
    return contents.name(run.scenario());
  }

  private ObjectNode skillData(Run run) {
    return object().put("skill_name", skill(run));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Notes what the application said that a run is for; a later run of the session wins. */
  private void said(OpenSession session, Run run) {
    for (Map.Entry<ContextField, String> each : run.said().entrySet()) {
      session.content().metadata().put(each.getKey().key(), contents.name(each.getValue()));
    }
  }

  private void runEnded(OpenSession session, CallEvent event, Instant time) {
    said(session, event.run());
    String error = contents.name(event.errorType());
    if (event.failed()) {
      session.add(time, SessionEvent.ERROR, null, errorData(event));
    }
    answered(session, event);
    session.runEnded(time, error);
    if (session.log() != null) {
      session.log().runEnded(event, skill(event.run()));
    }
    open.ended(event.run());
  }

  private ObjectNode errorData(CallEvent event) {
    return object()
        .put("error_type", contents.name(event.errorType()))
        .put("message", message(event));
  }

  /** Returns the message of the exception without secrets; {@code null} unless content is on. */
  private String message(CallEvent event) {
    Throwable thrown = event.thrown();
    boolean known = content && thrown != null && thrown.getMessage() != null;
    return known ? contents.text(thrown.getMessage()) : null;
  }

  private void requestBegan(OpenSession session, CallEvent event, Instant time) {
    ObjectNode data = object().put("model", contents.name(event.model())).putNull("tokens");
    if (session.add(time, SessionEvent.LLM_REQUEST, null, data)) {
      session.requestBegan(event.operation(), data);
    }
    String prompt = content ? contents.text(event.content()) : null;
    if (prompt != null) {
      session.content().prompt(prompt);
    }
    if (session.log() != null) {
      session.log().callBegan(event, prompt);
    }
  }

  private void requestEnded(OpenSession session, CallEvent event, Instant time) {
    ObjectNode request = session.requestEnded(event.operation());
    if (request != null) {
      if (event.inputTokens() != CallEvent.UNKNOWN) {
        request.put("tokens", event.inputTokens());
      }
      if (request.get("model").isNull()) {
        request.put("model", contents.name(event.model()));
      }
    }
    if (event.failed()) {
      session.add(time, SessionEvent.ERROR, null, errorData(event));
      if (session.log() != null) {
        session.log().requestEnded(event, null, message(event));
      }
      return;
    }
    ObjectNode data = object().put("model", contents.name(event.model()));
    if (event.durationNanos() == CallEvent.UNKNOWN) {
      data.putNull("latency_ms");
    } else {
      data.put("latency_ms", event.durationNanos() / NANOS_PER_MILLI);
    }
    session.add(time, SessionEvent.LLM_RESPONSE, null, data);
    String answer = answered(session, event);
    if (session.log() != null) {
      session.log().requestEnded(event, answer, null);
    }
  }

  /**
   * Returns the answer; {@code null} unless content is on. An answer without a text, such as one
   * that asks for tools, leaves the one before.
   */
  private String answered(OpenSession session, CallEvent event) {
    String answer = content ? contents.text(event.content()) : null;
    if (answer != null) {
      session.content().output(answer);
    }
    return answer;
  }

  private void toolBegan(OpenSession session, CallEvent event, Instant time) {
    ObjectNode data = object().put("tool", contents.name(event.tool()));
    JsonNode arguments = content && event.content() != null ? contents.tree(event.content()) : null;
    if (arguments != null && session.hasRoomFor(arguments)) {
      data.set("args", arguments);
    }
    session.add(time, SessionEvent.TOOL_CALLED, null, data);
    if (session.log() != null) {
      session.log().callBegan(event, arguments);
    }
  }

  private void toolEnded(OpenSession session, CallEvent event, Instant time) {
    ObjectNode data =
        object()
            .put("tool", contents.name(event.tool()))
            .put("success", event.errorType() == null)
            .put("error", contents.name(event.errorType()));
    session.add(time, SessionEvent.TOOL_COMPLETED, null, data);
    if (session.log() != null) {
      session.log().toolEnded(event);
    }
  }

  private void recorded(OpenSession session, CallEvent event, Instant time) {
    if (event.name() != null && !event.name().isBlank()) {
      String name = contents.name(event.name());
      ObjectNode data = contents.data(event.data());
      session.add(time, name, null, session.hasRoomFor(data) ? data : object());
      if (session.log() != null) {
        session.log().recorded(event, name, content ? data : null);
      }
    }
  }

  @Override
  public void tick(long epochMillis) {
    Instant now = Instant.ofEpochMilli(epochMillis);
    if (open != null) {
      open.endIdle(now);
      open.releaseNamed();
    }
    ended.write(now);
    if (logs != null) {
      logs.flush();
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.endAll();
    }
    if (logs != null) {
      logs.close(); // before the disk, which may be slow
    }
    ended.close(Instant.now());
  }

  @Override
  public void await(long deadlineNanos) {
    if (logs != null) {
      logs.await(deadlineNanos);
    }
  }
}
