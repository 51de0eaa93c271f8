package io.metricsagent.agent.sessions.recorder;

import io.metricsagent.agent.sessions.SessionEvent;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.events.Run;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sessions that have not ended. A run with a conversation belongs to the session of the
 * conversation, which ends when it had no run for a while; any other run is a session.
 *
 * <p>Their number is limited. If the limit is reached, a new run takes the place of the
 * conversation that had no run for longest, or else of the run of which nothing was heard for
 * longest: an application may lose runs that never end, and these must not stop the recording of
 * others. Only if all runs are at work is the new one not recorded. Not thread-safe.
 */
final class OpenSessions {
  /** How many runs and conversations may be open together. */
  static final int MAX_OPEN = 1000;

  /** How long nothing was heard of a run before another one may take its place. */
  static final Duration QUIET = Duration.ofMinutes(10);

  /** The error of a run whose place another one has taken. */
  static final String TIMEOUT = "timeout";

  private static final int ID_BYTES = 8;

  private final Duration idle;
  private final Contents contents;
  private final EndedSessions ended;
  private final SessionLogs logs;
  private final Map<Run, OpenRun> runs = new IdentityHashMap<>();
  private final Map<String, OpenSession> conversations = new HashMap<>();
  private long refused;
  private long displaced;

  /** A run under way. */
  private static final class OpenRun {
    private final OpenSession session;
    private Instant last;

    OpenRun(OpenSession session, Instant last) {
      this.session = session;
      this.last = last;
    }
  }

  /**
   * Makes the object.
   *
   * @param logs takes the log records of sessions; {@code null} for none
   */
  OpenSessions(Duration idle, Contents contents, EndedSessions ended, SessionLogs logs) {
    this.idle = idle;
    this.contents = contents;
    this.ended = ended;
    this.logs = logs;
  }

  /**
   * A run begins.
   *
   * @return its session, or {@code null} if too many are open
   */
  OpenSession began(Run run, Instant now) {
    String conversation = run.conversation();
    while (runs.size() + conversations.size() >= MAX_OPEN) {
      if (!endIdlest(conversation) && !endQuietest(now)) {
        refuse();
        return null;
      }
      tellDisplaced();
    }
    OpenSession session = conversation == null ? null : conversations.get(conversation);
    if (session == null) {
      session = begin(run);
      if (conversation != null) {
        conversations.put(conversation, session);
      }
    }
    runs.put(run, new OpenRun(session, now));
    session.runBegan();
    return session;
  }

  /**
   * Ends the conversation that had no run for longest.
   *
   * @param spared a conversation that is about to have a run, or {@code null}
   * @return whether there was one
   */
  private boolean endIdlest(String spared) {
    String idlest = null;
    Instant last = Instant.MAX;
    for (Map.Entry<String, OpenSession> entry : conversations.entrySet()) {
      OpenSession session = entry.getValue();
      if (session.isIdle() && session.last().isBefore(last) && !entry.getKey().equals(spared)) {
        idlest = entry.getKey();
        last = session.last();
      }
    }
    if (idlest == null) {
      return false;
    }
    end(conversations.remove(idlest), idlest, true);
    return true;
  }

  /** Ends the run of which nothing was heard for longest; returns whether there was one. */
  private boolean endQuietest(Instant now) {
    Run quietest = null;
    Instant last = now.minus(QUIET);
    for (Map.Entry<Run, OpenRun> entry : runs.entrySet()) {
      if (!entry.getKey().isProcess() && entry.getValue().last.isBefore(last)) {
        quietest = entry.getKey();
        last = entry.getValue().last;
      }
    }
    if (quietest == null) {
      return false;
    }
    OpenSession session = runs.get(quietest).session;
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    session.add(
        last, SessionEvent.ERROR, null, error.put("error_type", TIMEOUT).putNull("message"));
    session.runEnded(last, TIMEOUT);
    ended(quietest);
    return true;
  }

  private void tellDisplaced() {
    displaced++;
    if (displaced == 1) {
      AgentLog.warn(
          "more than "
              + MAX_OPEN
              + " sessions are open; the conversation that had no run for longest is ended for each"
              + " new one, or else the run that was quiet for longest, with the error "
              + TIMEOUT);
    }
  }

  private OpenSession begin(Run run) {
    Instant start = Instant.ofEpochMilli(run.startEpochMillis());
    if (logs == null) {
      return new OpenSession(start, ended.room(), null);
    }
    SessionLog log = new SessionLog(logs, contents);
    log.began(start, contents.name(run.scenario()));
    return new OpenSession(start, ended.room(), log);
  }

  private void refuse() {
    refused++;
    if (refused == 1) {
      AgentLog.warn(
          "more than "
              + MAX_OPEN
              + " sessions are at work; further ones are not recorded until some have ended or were"
              + " quiet for "
              + QUIET.toMinutes()
              + " minutes");
    }
  }

  /** Returns how many runs were not recorded because too many sessions were open. */
  long refused() {
    return refused;
  }

  /**
   * Something happens in a run.
   *
   * @return its session; {@code null} unless it has begun and not ended
   */
  OpenSession of(Run run, Instant now) {
    OpenRun open = runs.get(run);
    if (open == null) {
      return null;
    }
    open.last = now.isAfter(open.last) ? now : open.last;
    return open.session;
  }

  /** A run has ended, and with it its session, unless it is part of a conversation. */
  void ended(Run run) {
    OpenSession session = runs.remove(run).session;
    String conversation = run.conversation();
    if (conversation == null) {
      end(session, run.id(), false);
    } else if (conversations.putIfAbsent(conversation, session) != null
        && conversations.get(conversation) != session) {
      end(session, conversation, true); // the run told its conversation too late
    } else {
      release(session, conversation, true);
    }
  }

  private void end(OpenSession session, String name, boolean conversation) {
    ended.add(session.end(id(name)), session.contentSize());
    release(session, name, conversation);
  }

  private void release(OpenSession session, String name, boolean conversation) {
    if (session.log() != null) {
      String id = id(name);
      session.log().release(id, conversation ? id : null);
    }
  }

  /**
   * Sends the log records of those sessions whose ids are certain already: conversations that were
   * told in time, and the process. Other runs may still learn their ids.
   */
  void releaseNamed() {
    if (logs != null) {
      conversations.forEach((name, session) -> release(session, name, true));
      runs.forEach(
          (run, open) -> {
            if (run.isProcess()) {
              release(open.session, run.id(), false);
            }
          });
    }
  }

  /** Ends the conversations that had no run for a while. */
  void endIdle(Instant now) {
    Iterator<Map.Entry<String, OpenSession>> all = conversations.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, OpenSession> entry = all.next();
      OpenSession session = entry.getValue();
      if (session.isIdle() && session.last().plus(idle).isBefore(now)) {
        all.remove();
        end(session, entry.getKey(), true);
      }
    }
  }

  /** Ends all sessions, because the JVM ends. The stream has ended all runs before. */
  void endAll() {
    for (Run run : List.copyOf(runs.keySet())) {
      OpenSession session = runs.get(run).session;
      session.runEnded(session.last(), Run.INTERRUPTED);
      ended(run);
    }
    conversations.forEach((name, session) -> end(session, name, true));
    conversations.clear();
  }

  /** Returns an id without secrets: a conversation may be named by an e-mail address. */
  private String id(String id) {
    if (contents.name(id).equals(id)) {
      return id;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return "session-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each JDK has it
    }
  }
}
