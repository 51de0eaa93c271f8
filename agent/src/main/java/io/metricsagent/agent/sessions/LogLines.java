package io.metricsagent.agent.sessions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the lines of a log as bytes. Lines that are too long are passed over. Not thread-safe. */
final class LogLines {
  /** The bytes of a longer line are not kept. */
  static final int MAX_LINE = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int begin;
  private int end;
  private long number;
  private boolean tooLong;

  LogLines(InputStream in) {
    this.in = in;
  }

  /** Returns the next line without its end, or {@code null} if there is none. */
  byte[] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    tooLong = false;
    boolean any = false;
    while (true) {
      if (begin == end) {
        begin = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          number += any ? 1 : 0;
          return any ? line.toByteArray() : null;
        }
      }
      any = true;
      int lineEnd = begin;
      while (lineEnd < end && buffer[lineEnd] != '\n') {
        lineEnd++;
      }
      if (line.size() + lineEnd - begin <= MAX_LINE) {
        line.write(buffer, begin, lineEnd - begin);
      } else {
        tooLong = true;
      }
      boolean whole = lineEnd < end;
      begin = whole ? lineEnd + 1 : lineEnd;
      if (whole) {
        number++;
        return line.toByteArray();
      }
    }
  }

  /** Returns the number of the line that was returned last, from 1. */
  long number() {
    return number;
  }

  /** Returns whether that line was too long, so only its beginning was returned. */
  boolean wasTooLong() {
    return tooLong;
  }
}
