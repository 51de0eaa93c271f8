package io.metricsagent.exporters.prometheus;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of an answer, in memory because its length is sent first. It is in pieces because the
 * JDK copies each buffer that is sent into a native buffer of the same size, which it does not
 * free. Used by one thread.
 */
final class Body extends OutputStream {
  private static final int PIECE = 64 * 1024;

  private final List<byte[]> pieces = new ArrayList<>();

  /** How many bytes of the last piece are in use; the others are full. */
  private int last = PIECE;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (last == PIECE) {
        pieces.add(new byte[PIECE]);
        last = 0;
      }
      int part = Math.min(left, PIECE - last);
      System.arraycopy(bytes, from, pieces.get(pieces.size() - 1), last, part);
      last += part;
      from += part;
      left -= part;
    }
  }

  long size() {
    return pieces.isEmpty() ? 0 : (pieces.size() - 1L) * PIECE + last;
  }

  List<ByteBuffer> pieces() {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      buffers.add(ByteBuffer.wrap(pieces.get(i), 0, i < pieces.size() - 1 ? PIECE : last));
    }
    return buffers;
  }
}
