package io.metricsagent.agent.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;

/**
 * Reads lines within one buffer and numbers them. Blank lines are passed over; lines that are too
 * long, or that begin or end as no JSON object does, are skipped and counted. Not thread-safe.
 */
public final class JsonLines {
  /** A longer line is skipped. In bytes. */
  public static final int MAX_LINE = 1 << 20;

  /**
   * So much is read at once. Such a part stays in the processor's caches until it is parsed, and a
   * parser meets the end of its bytes before it is compiled, so that it is compiled but once. In
   * bytes.
   */
  private static final int MAX_READ = 128 << 10;

  /** Reads bytes, at most as many as asked for; returns -1 at the end, as a stream does. */
  public interface Source {
    int read(byte[] into, int offset, int length) throws IOException;
  }

  /** Is given the lines. */
  public interface Handler {
    /**
     * Is told where the next lines are, before it handles them one by one.
     *
     * @param bytes hold whole lines up to an end
     */
    default void begin(byte[] bytes, int end) {
      // Most handlers need one line at a time.
    }

    /**
     * Handles a line, without the blanks around it.
     *
     * @return {@code false} if the line cannot be used
     */
    boolean line(byte[] bytes, int begin, int end) throws IOException;
  }

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = ONES << Byte.SIZE - 1;
  private static final long NEWLINES = ONES * '\n';

  private final Handler handler;
  private long count;
  private SkippedLines skipped = SkippedLines.NONE;

  /** Makes a reader of one file, or of a part of one. */
  public JsonLines(Handler handler) {
    this.handler = handler;
  }

  /** Returns the number of lines that have been read, blank ones included. */
  public long count() {
    return count;
  }

  /** Returns the lines that cannot be used, numbered from the first line that was read. */
  public SkippedLines skipped() {
    return skipped;
  }

  /**
   * Reads a stream up to its end. The caller closes it.
   *
   * @param progress is told how many bytes have been read
   * @return the lines that cannot be used
   */
  public static SkippedLines read(InputStream in, Handler handler, LongConsumer progress)
      throws IOException {
    JsonLines lines = new JsonLines(handler);
    lines.read(in::read, progress);
    return lines.skipped;
  }

  /**
   * Reads up to the end of a source.
   *
   * @param progress is told how many bytes have been read in all
   */
  public void read(Source source, LongConsumer progress) throws IOException {
    byte[] buffer = new byte[MAX_LINE];
    long total = 0;
    int length = 0;
    boolean tooLong = false;
    int read = source.read(buffer, 0, MAX_READ);
    while (read >= 0) {
      total += read;
      progress.accept(total);
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
      read = source.read(buffer, length, Math.min(MAX_READ, buffer.length - length));
    }
    if (length > 0 || tooLong) {
      lines(buffer, length, tooLong);
    }
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
  private void lines(byte[] buffer, int end, boolean tooLong) throws IOException {
    handler.begin(buffer, end);
    ByteBuffer words = ByteBuffer.wrap(buffer, 0, end).order(ByteOrder.LITTLE_ENDIAN);
    boolean rest = tooLong;
    int begin = 0;
    while (begin < end || rest) {
      int newline = newline(words, begin);
      count++;
      if (rest || !line(buffer, begin, newline)) {
        skipped = skipped.with(count);
      }
      rest = false;
      begin = newline + 1;
    }
  }

  /** Returns where the next newline is, or the limit. Looks at eight bytes at a time. */
  private static int newline(ByteBuffer bytes, int from) {
    int i = from;
    for (; i <= bytes.limit() - Long.BYTES; i += Long.BYTES) {
      long differences = bytes.getLong(i) ^ NEWLINES;
      // The highest bit of the lowest byte that is 0,
      // https://graphics.stanford.edu/~seander/bithacks.html
      long zero = differences - ONES & ~differences & HIGHEST_BITS;
      if (zero != 0) {
        return i + Long.numberOfTrailingZeros(zero) / Byte.SIZE;
      }
    }
    while (i < bytes.limit() && bytes.get(i) != '\n') {
      i++;
    }
    return i;
  }

  /** Returns whether a line is blank or can be used. */
  private boolean line(byte[] buffer, int from, int to) throws IOException {
    int begin = afterByteOrderMark(buffer, from, to);
    while (begin < to && isBlank(buffer[begin])) {
      begin++;
    }
    int end = to;
    while (end > begin && isBlank(buffer[end - 1])) {
      end--;
    }
    // Lines of other programs and torn lines rarely get to the parser, whose exceptions are slow.
    return begin == end
        || buffer[begin] == '{' && buffer[end - 1] == '}' && handler.line(buffer, begin, end);
  }

  /** Each line may begin with the mark, as files do that were put one behind the other. */
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
