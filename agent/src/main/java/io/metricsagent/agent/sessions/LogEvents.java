package io.metricsagent.agent.sessions;

import io.metricsagent.agent.files.ExternalSort;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Reads the sorted lines of logs, one session after the other. Not thread-safe. */
final class LogEvents implements Closeable {
  static final int TIME_BYTES = Long.BYTES + Integer.BYTES;

  private final ExternalSort.Cursor lines;
  private ExternalSort.Entry next;

  /** Makes a reader, which closes the cursor in the end. */
  LogEvents(ExternalSort.Cursor lines) throws IOException {
    this.lines = lines;
    next = lines.next();
  }

  /** Returns {@link #TIME_BYTES} bytes that are in the order of the times. */
  static byte[] time(Instant time) {
    return ByteBuffer.allocate(TIME_BYTES)
        .putLong(time.getEpochSecond() ^ Long.MIN_VALUE) // keys are compared without signs
        .putInt(time.getNano())
        .array();
  }

  /**
   * Returns the key of a line.
   *
   * @param firstLine the number of the session's first line, which stands for the session
   * @param time the time of the line's event, as bytes
   */
  static byte[] key(long firstLine, byte[] time) {
    return ByteBuffer.allocate(Long.BYTES + TIME_BYTES).putLong(firstLine).put(time).array();
  }

  private static long firstLine(ExternalSort.Entry line) {
    return ByteBuffer.wrap(line.key()).getLong();
  }

  boolean hasNext() {
    return next != null;
  }

  /** Reads the events of the next session. */
  void session(SessionFile.Taker<SessionEvent> taker) throws IOException {
    long session = firstLine(next);
    while (next != null && firstLine(next) == session) {
      taker.take(LogImport.event(next.value(), 0, next.value().length));
      next = lines.next();
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
