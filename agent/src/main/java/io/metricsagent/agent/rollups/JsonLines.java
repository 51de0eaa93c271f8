package io.metricsagent.agent.rollups;

import io.metricsagent.agent.runs.SkippedLines;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Reads a stream line by line within one buffer. Blank lines are passed over; lines that are too
 * long, or that begin or end as no JSON object does, are skipped and counted. Stateless.
 */
public final class JsonLines {
  /** A longer line is skipped. In bytes. */
  static final int MAX_LINE = 1 << 20;

  /** Is given the lines. */
  public interface Handler {
    /**
     * Handles a line, without the blanks around it.
     *
     * @return {@code false} if the line cannot be used
     */
    boolean line(byte[] bytes, int begin, int end);
  }

  private JsonLines() {}

  /**
   * Reads a stream up to its end. The caller closes it.
   *
   * @param progress is told how many bytes have been read
   * @return the lines that cannot be used
   */
  public static SkippedLines read(InputStream in, Handler handler, LongConsumer progress)
      throws IOException {
    byte[] buffer = new byte[MAX_LINE];
    Lines lines = new Lines(handler);
    long total = 0;
    int length = 0;
    boolean tooLong = false;
    for (int read = in.read(buffer, 0, buffer.length);
        read >= 0;
        read = in.read(buffer, length, buffer.length - length)) {
      total += read;
      progress.accept(total);
      int begin = 0;
      int end = length + read;
      for (int i = length; i < end; i++) {
        if (buffer[i] == '\n') {
          lines.line(buffer, begin, i, tooLong);
          tooLong = false;
          begin = i + 1;
        }
      }
      length = end - begin;
      System.arraycopy(buffer, begin, buffer, 0, length);
      if (length == buffer.length) {
        tooLong = true;
        length = 0;
      }
    }
    if (length > 0 || tooLong) {
      lines.line(buffer, 0, length, tooLong);
    }
    return lines.skipped;
  }

  /** Numbers the lines and hands them on. */
  private static final class Lines {
    private final Handler handler;
    private long number;
    private SkippedLines skipped = SkippedLines.NONE;

    Lines(Handler handler) {
      this.handler = handler;
    }

    void line(byte[] buffer, int from, int to, boolean tooLong) {
      number++;
      int begin = number == 1 ? afterByteOrderMark(buffer, from, to) : from;
      while (begin < to && isBlank(buffer[begin])) {
        begin++;
      }
      int end = to;
      while (end > begin && isBlank(buffer[end - 1])) {
        end--;
      }
      if (begin == end && !tooLong) {
        return;
      }
      // Torn lines rarely get to the parser, whose exceptions are slow.
      if (tooLong
          || buffer[begin] != '{'
          || buffer[end - 1] != '}'
          || !handler.line(buffer, begin, end)) {
        skipped = skipped.with(number);
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
}
