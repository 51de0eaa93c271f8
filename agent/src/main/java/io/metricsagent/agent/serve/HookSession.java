package io.metricsagent.agent.serve;

import io.metricsagent.agent.sessions.Session;
import io.metricsagent.agent.sessions.SessionBuilder;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** A session that a client has started and not ended yet. Thread-safe. */
final class HookSession {
  /** Events beyond this number are not kept. */
  static final int MAX_EVENTS = 10_000;

  /** Bodies beyond this sum are not kept. In bytes. */
  static final int MAX_BYTES = 16 << 20;

  private final String id;
  private final SessionBuilder builder;
  private final Instant start;
  private volatile long lastNanos = System.nanoTime();
  private long bytes;
  private boolean ended;

  HookSession(String id, Instant start, String prompt, ObjectNode metadata, long bytes) {
    this.id = id;
    this.start = start;
    this.bytes = bytes;
    builder = new SessionBuilder(start);
    builder.prompt(prompt);
    builder.metadata().setAll(metadata);
  }

  Instant start() {
    return start;
  }

  /** Returns when the client was last heard of, by {@link System#nanoTime}. */
  long lastNanos() {
    return lastNanos;
  }

  /** Adds an event, unless the session has ended or is full. */
  synchronized void add(Instant time, String type, String skill, ObjectNode data, int bodyLength) {
    lastNanos = System.nanoTime();
    bytes += bodyLength;
    if (!ended && builder.size() < MAX_EVENTS && bytes <= MAX_BYTES) {
      builder.add(time, type, skill, data);
    }
  }

  /** Ends the session; later events are ignored. */
  synchronized Session end(Instant end, String output, boolean success, String error) {
    ended = true;
    builder.output(output);
    return builder.end(id, end, success, error);
  }
}
