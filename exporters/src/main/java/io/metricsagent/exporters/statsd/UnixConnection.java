package io.metricsagent.exporters.statsd;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Sends packets over a Unix stream socket, each after its length in four bytes, the lowest first,
 * as the Datadog agent expects. If sending fails, the connection is closed, because the server
 * would read the rest of an incomplete packet as a length.
 *
 * <p>The JDK has no Unix datagram sockets.
 */
final class UnixConnection implements StatsdConnection {
  /** The largest packet that clients of DogStatsD send over such a socket. */
  private static final int MAX_BYTES = 8192;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MAX_STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Path socket;
  private final LongSupplier nanoTime;
  private final ByteBuffer frame =
      ByteBuffer.allocate(Integer.BYTES + MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer answer = ByteBuffer.allocate(64);
  private SocketChannel channel;

  UnixConnection(Path socket, LongSupplier nanoTime) {
    this.socket = socket;
    this.nanoTime = nanoTime;
  }

  @Override
  public void send(byte[] packet) throws IOException {
    try {
      if (channel == null) {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
      }
      // The server never sends anything; the end of its stream means that it has closed the
      // connection.
      if (channel.read(answer.clear()) < 0) {
        throw new IOException("the server has closed the connection");
      }
      write(frame.clear().putInt(packet.length).put(packet).flip());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    long start = nanoTime.getAsLong();
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        if (nanoTime.getAsLong() - start > MAX_STALL_NANOS) {
          throw new SocketTimeoutException("the server does not read from the socket");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public void settle() {
    // Nothing to wait for: what was written to a stream arrives, or the connection breaks.
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public String target() {
    return "unixstream://" + socket;
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The channel is not used again.
      }
      channel = null;
    }
  }
}
