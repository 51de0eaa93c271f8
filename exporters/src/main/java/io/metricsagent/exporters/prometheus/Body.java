package io.metricsagent.exporters.prometheus;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer in memory, in pieces: the length comes first on the wire, and the JDK copies each piece
 * that is sent into memory of its own, which it keeps. Used by one thread.
 */
final class Body extends OutputStream {
  private static final int PIECE = 64 * 1024;

  private final List<byte[]> pieces = new ArrayList<>();

  /** Bytes in the last piece; the others are full. */
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
