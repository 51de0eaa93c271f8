package io.metricsagent.agent.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes have been read, those of earlier files included. Not thread-safe. */
final class CountedInput extends FilterInputStream {
  private final LongConsumer progress;
  private long bytes;

  /**
   * Makes a stream that closes the other one.
   *
   * @param before how many bytes of earlier files have been read
   */
  CountedInput(InputStream in, long before, LongConsumer progress) {
    super(in);
    bytes = before;
    this.progress = progress;
  }

  /** Returns how many bytes have been read. */
  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    bytes += b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    bytes += Math.max(0, read);
    progress.accept(bytes);
    return read;
  }
}
