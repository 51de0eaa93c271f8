package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import io.metricsagent.bootstrap.Faults;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A body that reports how long each read took, in nanoseconds. */
final class TimedInputStream extends FilterInputStream {
  private final LongConsumer reads;

  TimedInputStream(InputStream body, LongConsumer reads) {
    super(body);
    this.reads = reads;
  }

  @Override
  public int read() throws IOException {
    long start = System.nanoTime();
    try {
      return in.read();
    } finally {
      tell(System.nanoTime() - start);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    long start = System.nanoTime();
    try {
      return in.read(into, offset, length);
    } finally {
      tell(System.nanoTime() - start);
    }
  }

  private void tell(long nanos) {
    try {
      reads.accept(nanos);
    } catch (Throwable fault) {
      Faults.absorbed("the time of reading a body could not be recorded", fault);
    }
  }
}
