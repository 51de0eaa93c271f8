package io.metricsagent.agent.runs;

import java.io.IOException;

/**
 * Reads the lines of a file, or of a part of one, and adds their events to a tally. It has one
 * buffer, which the lines are parsed in. Not thread-safe.
 */
final class LineReader {
  /** A longer line is skipped. In bytes; an event has some 200. */
  static final int MAX_LINE = 1 << 20;

  /** Reads bytes, at most as many as asked for; returns -1 at the end, as a stream does. */
  interface Source {
    int read(byte[] into, int offset, int length) throws IOException;
  }

  /** Is told of bytes that have been read. */
  interface Progress {
    void read(int bytes);
  }

  private final EventParser parser = new EventParser();
  private final RunEvent event = new RunEvent();
  private final Tally tally;
  private long lines;
  private SkippedLines skipped = SkippedLines.NONE;

  LineReader(Tally tally) {
    this.tally = tally;
  }

  Tally tally() {
    return tally;
  }

  /** Returns the number of lines that have been read, blank ones included. */
  long lines() {
    return lines;
  }

  /** Returns the lines without an event, numbered from the first line of this part. */
  SkippedLines skipped() {
    return skipped;
  }

  void read(Source source, Progress progress) throws IOException {
    byte[] buffer = new byte[MAX_LINE];
    int length = 0;
    boolean tooLong = false;
    int read = source.read(buffer, 0, buffer.length);
    while (read >= 0) {
      progress.read(read);
      int end = length + read;
      int begin = afterLastLine(buffer, length, end);
      if (begin > 0) {
        lines(buffer, begin, tooLong);
        tooLong = false;
      }
      length = end - begin;
      System.arraycopy(buffer, begin, buffer, 0, length);
      if (length == buffer.length) {
        tooLong = true;
        length = 0;
      }
      read = source.read(buffer, length, buffer.length - length);
    }
    if (length > 0 || tooLong) {
      lines(buffer, length, tooLong);
    }
    parser.restart();
  }

  /** Returns where the first line begins that is not complete yet, or 0. */
  private static int afterLastLine(byte[] buffer, int from, int end) {
    for (int i = end - 1; i >= from; i--) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  /**
   * Reads complete lines from the begin of the buffer.
   *
   * @param tooLong whether the first one is the end of a line that is too long
   */
  private void lines(byte[] buffer, int end, boolean tooLong) {
    parser.begin(buffer, end);
    boolean rest = tooLong;
    int begin = 0;
    for (int i = 0; i <= end; i++) {
      if (i < end ? buffer[i] == '\n' : begin < end || rest) {
        lines++;
        if (rest) {
          skip();
        } else {
          line(buffer, begin, i);
        }
        rest = false;
        begin = i + 1;
      }
    }
  }

  private void skip() {
    parser.restart();
    skipped = skipped.with(lines);
  }

  private void line(byte[] buffer, int begin, int end) {
    int first = afterByteOrderMark(buffer, begin, end);
    while (first < end && isBlank(buffer[first])) {
      first++;
    }
    int last = end - 1;
    while (last > first && isBlank(buffer[last])) {
      last--;
    }
    if (first == end) {
      return;
    }
    // Lines of other programs and torn lines rarely get to the parser, whose exceptions are slow.
    if (buffer[first] == '{' && buffer[last] == '}' && parser.parse(first, last + 1, event)) {
      tally.add(event);
    } else {
      skip();
    }
  }

  private static int afterByteOrderMark(byte[] buffer, int begin, int end) {
    boolean mark =
        end - begin >= 3
            && buffer[begin] == (byte) 0xEF
            && buffer[begin + 1] == (byte) 0xBB
            && buffer[begin + 2] == (byte) 0xBF;
    return mark ? begin + 3 : begin;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}
