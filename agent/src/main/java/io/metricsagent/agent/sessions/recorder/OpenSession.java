package io.metricsagent.agent.sessions.recorder;

import io.metricsagent.agent.sessions.Session;
import io.metricsagent.agent.sessions.SessionBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A session that has not ended: a run, or a conversation with its runs. Not thread-safe. */
final class OpenSession {
  /** The most events that a session keeps. */
  static final int MAX_EVENTS = 1000;

  private final SessionBuilder session;
  private final Instant start;
  private final SessionLog log;
  private final ContentRoom room;

  /** The data of requests that are under way, by the number of the request. */
  private final Map<Long, ObjectNode> requests = new HashMap<>();

  private int runs;
  private int runsUnderWay;
  private long dropped;
  private long contentSize;
  private long droppedContents;
  private Instant last;
  private String error;

  /**
   * Begins a session.
   *
   * @param room what contents of all sessions may take
   * @param log makes log records of it; {@code null} for none
   */
  OpenSession(Instant start, ContentRoom room, SessionLog log) {
    session = new SessionBuilder(start);
    this.start = start;
    this.room = room;
    this.log = log;
    last = start;
  }

  void runBegan() {
    runs++;
    runsUnderWay++;
  }

  /** A run has ended; of several runs the last one decides whether the session succeeded. */
  void runEnded(Instant time, String newError) {
    runsUnderWay--;
    error = newError;
    moveTo(time);
  }

  boolean isIdle() {
    return runsUnderWay <= 0;
  }

  /** Returns when the last event happened. */
  Instant last() {
    return last;
  }

  /**
   * Adds an event, unless there are too many.
   *
   * @return whether it was added
   */
  boolean add(Instant time, String type, String skill, ObjectNode data) {
    moveTo(time);
    if (session.size() >= MAX_EVENTS) {
      dropped++;
      return false;
    }
    session.add(time, type, skill, data);
    return true;
  }

  /** Returns whether there is room for a content of an event; counts those that have none. */
  boolean hasRoomFor(JsonNode content) {
    int size = content.toString().length();
    if (room.take(contentSize, size)) {
      contentSize += size;
      return true;
    }
    droppedContents++;
    return false;
  }

  /** Returns the room that the contents of the session have taken. */
  long contentSize() {
    return contentSize;
  }

  private void moveTo(Instant time) {
    last = time.isAfter(last) ? time : last;
  }

  void requestBegan(long operation, ObjectNode data) {
    requests.put(operation, data);
  }

  /** Returns the data of a request that ends, or {@code null} if its beginning was not kept. */
  ObjectNode requestEnded(long operation) {
    return requests.remove(operation);
  }

  /** Returns what makes log records of the session, or {@code null}. */
  SessionLog log() {
    return log;
  }

  SessionBuilder content() {
    return session;
  }

  /** Ends the session with its last event. */
  Session end(String id) {
    if (runs > 1) {
      session.metadata().put("runs", runs);
    }
    if (dropped > 0) {
      session.metadata().put("dropped_events", dropped);
    }
    if (droppedContents > 0) {
      session.metadata().put("dropped_contents", droppedContents);
    }
    Session ended = session.end(id, last, error == null, error);
    if (log != null) {
      log.ended(start, last, ended.skillName(), ended.prompt(), ended.output(), error, runs);
    }
    return ended;
  }
}
