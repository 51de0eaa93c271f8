package io.metricsagent.agent.sessions.recorder;

import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.agent.sessions.Session;
import io.metricsagent.agent.sessions.SessionWriter;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.Counts;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.archive.SessionArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions that have ended and wait for the disk, if they go there. They are written about once
 * a second, all in one file. If that fails, they are kept for a later time, up to a limit. Not
 * thread-safe.
 */
final class EndedSessions {
  /** How many sessions wait at most; further ones are lost and counted. */
  static final int MAX_WAITING = 1000;

  /** How long the disk is left alone after it has failed. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** Writes one file of sessions. */
  interface Files {
    void write(Instant time, byte[] content) throws IOException;
  }

  private final SessionSettings settings;
  private final String worker;
  private final ContentRoom room = new ContentRoom();
  private final List<Session> waiting = new ArrayList<>();
  private long waitingContents;
  private Files files;
  private Instant failed;
  private long lost;

  EndedSessions(SessionSettings settings, String worker) {
    this(settings, worker, null);
  }

  EndedSessions(SessionSettings settings, String worker, Files files) {
    this.settings = settings;
    this.worker = worker;
    this.files = files;
  }

  /** Returns the room that the contents of all sessions share that are not written. */
  ContentRoom room() {
    return room;
  }

  /**
   * Takes a session.
   *
   * @param contentSize the room that its contents have taken
   */
  void add(Session session, long contentSize) {
    if (settings.toFiles() && waiting.size() < MAX_WAITING) {
      waiting.add(session);
      waitingContents += contentSize;
      return;
    }
    room.giveBack(contentSize);
    if (settings.toFiles()) {
      lost++;
    }
  }

  /** Returns how many sessions were lost because they could not be written. */
  long lost() {
    return lost;
  }

  /** The JVM ends: writes what waits, and tells how many sessions were lost. */
  void close(Instant now) {
    writeAll(now);
    lost += waiting.size();
    if (lost > 0) {
      AgentLog.warn(Counts.of(lost, "session") + " could not be written");
    }
  }

  /** Writes what waits, unless the disk has failed just before. */
  void write(Instant now) {
    // The clock may have been set back.
    if (failed == null || Duration.between(failed, now).abs().compareTo(PAUSE) >= 0) {
      writeAll(now);
    }
  }

  /** Writes what waits. A failure is told once, until the next success. */
  private void writeAll(Instant now) {
    if (waiting.isEmpty()) {
      return;
    }
    try {
      byte[] json = json(now);
      if (!waiting.isEmpty()) {
        files().write(now, json);
      }
      waiting.clear();
      room.giveBack(waitingContents);
      waitingContents = 0;
      failed = null;
    } catch (IOException | RuntimeException e) {
      if (failed == null) {
        AgentLog.log(AgentLog.Level.WARN, "sessions wait for the disk: " + e.getMessage(), e);
      }
      failed = now;
    }
  }

  /** Returns the file of what waits. A session that cannot be JSON is lost, and not the others. */
  private byte[] json(Instant now) throws IOException {
    try {
      return json(now, waiting);
    } catch (IOException | RuntimeException e) {
      int before = waiting.size();
      waiting.removeIf(session -> !isJson(now, session));
      if (waiting.size() == before) {
        throw e;
      }
      lost += before - waiting.size();
      AgentLog.warn("a session could not be written: " + e.getClass().getName());
      return json(now, waiting);
    }
  }

  private static boolean isJson(Instant now, Session session) {
    try {
      json(now, List.of(session));
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static byte[] json(Instant now, List<Session> sessions) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    SessionWriter.write(content, now, sessions);
    return content.toByteArray();
  }

  private Files files() {
    if (files == null) {
      SessionArchive archive =
          new SessionArchive(
              new ArchiveSettings(settings.directory(), settings.maxFiles(), settings.maxAge()),
              worker,
              Clock.systemUTC());
      files = archive::write;
    }
    return files;
  }
}
