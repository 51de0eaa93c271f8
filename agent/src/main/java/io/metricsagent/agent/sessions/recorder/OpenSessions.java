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
  private final Map<Run, OpenSession> runs = new IdentityHashMap<>();
  private final Map<String, OpenSession> conversations = new HashMap<>();
  private long refused;

  OpenSessions(Duration idle, Contents contents, EndedSessions ended) {
    this.idle = idle;
    this.contents = contents;
    this.ended = ended;
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
      session = new OpenSession(Instant.ofEpochMilli(run.startEpochMillis()));
      if (conversation != null) {
        conversations.put(conversation, session);
      }
    }
    runs.put(run, session);
    session.runBegan();
    return session;
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
      ended.add(session.end(id(run.id())));
    } else if (conversations.putIfAbsent(conversation, session) != null
        && conversations.get(conversation) != session) {
      ended.add(session.end(id(conversation))); // the run told its conversation too late
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
        ended.add(session.end(id(entry.getKey())));
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
    conversations.forEach((id, session) -> ended.add(session.end(id(id))));
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
