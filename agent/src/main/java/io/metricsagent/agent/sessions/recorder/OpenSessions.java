package io.metricsagent.agent.sessions.recorder;

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

/**
 * The sessions that have not ended. A run with a conversation belongs to the session of the
 * conversation, which ends when it had no run for a while; any other run is a session. Not
 * thread-safe.
 */
final class OpenSessions {
  /** How many sessions may be open; the runs of further ones are not recorded. */
  static final int MAX_OPEN = 1000;

  private static final int ID_BYTES = 8;

  private final Duration idle;
  private final Contents contents;
  private final EndedSessions ended;
  private final SessionLogs logs;
  private final Map<Run, OpenSession> runs = new IdentityHashMap<>();
  private final Map<String, OpenSession> conversations = new HashMap<>();
  private long refused;

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

  /** A run begins; returns its session, or {@code null} if too many are open. */
  OpenSession began(Run run) {
    String conversation = run.conversation();
    OpenSession session = conversation == null ? null : conversations.get(conversation);
    if (session == null) {
      if (runs.size() + conversations.size() >= MAX_OPEN) {
        refuse();
        return null;
      }
      session = begin(run);
      if (conversation != null) {
        conversations.put(conversation, session);
      }
    }
    runs.put(run, session);
    session.runBegan();
    return session;
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
              + " sessions are under way; further ones are not recorded until some have ended");
    }
  }

  /** Returns how many runs were not recorded because too many sessions were open. */
  long refused() {
    return refused;
  }

  /** Returns the session of a run that has begun and not ended; {@code null} for any other run. */
  OpenSession of(Run run) {
    return runs.get(run);
  }

  /** A run has ended, and with it its session, unless it is part of a conversation. */
  void ended(Run run) {
    OpenSession session = runs.remove(run);
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
          (run, session) -> {
            if (run.isProcess()) {
              release(session, run.id(), false);
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
      OpenSession session = runs.get(run);
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
