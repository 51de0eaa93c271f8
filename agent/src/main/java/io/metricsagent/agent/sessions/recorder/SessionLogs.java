package io.metricsagent.agent.sessions.recorder;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.exporters.otlp.LogEvent;
import io.metricsagent.exporters.otlp.OtlpLogSink;
import java.util.function.Supplier;

/**
 * The log records of all sessions, on their way to the receiver. Loaded only if sessions are sent
 * over OTLP. Used by the thread of the events, but for {@link #await}.
 */
final class SessionLogs {
  /**
   * How many bytes the records of open sessions may have together; further ones are dropped. Half
   * of what may wait for the receiver, so that all of them have room there when the JVM ends.
   */
  static final int MAX_HELD_BYTES = 8 << 20;

  private final Supplier<OtlpLogSink> factory;
  private volatile OtlpLogSink sink;
  private boolean unusable;
  private long heldBytes;

  /**
   * Makes the object.
   *
   * @param factory makes the sink when the first record is sent
   */
  SessionLogs(Supplier<OtlpLogSink> factory) {
    this.factory = factory;
  }

  /** Returns whether there is room for a record that waits for the end of its run. */
  boolean hold(LogEvent event) {
    int bytes = event.estimatedBytes();
    if (heldBytes + bytes > MAX_HELD_BYTES) {
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  /** Holds a record although there is no room for it: the last one of its session. */
  void holdBeyondLimit(LogEvent event) {
    heldBytes += event.estimatedBytes();
  }

  /** A record that was held is sent. */
  void release(LogEvent held, LogEvent sent) {
    heldBytes -= held.estimatedBytes();
    OtlpLogSink open = sink();
    if (open != null) {
      open.add(sent);
    }
  }

  private OtlpLogSink sink() {
    if (sink == null && !unusable) {
      try {
        sink = factory.get();
      } catch (RuntimeException | LinkageError e) {
        unusable = true;
        AgentLog.log(AgentLog.Level.ERROR, "no sessions are sent to otlp: " + e.getMessage(), e);
      }
    }
    return sink;
  }

  /** Begins to send what has been released. */
  void flush() {
    if (sink != null) {
      sink.flush();
    }
  }

  /** The JVM ends: sends what has been released, and returns at once. */
  void close() {
    if (sink != null) {
      sink.closing();
    }
  }

  /** Waits until everything is sent, at most until a time of {@link System#nanoTime}. */
  void await(long deadlineNanos) {
    if (sink != null) {
      sink.await(deadlineNanos);
    }
  }
}
