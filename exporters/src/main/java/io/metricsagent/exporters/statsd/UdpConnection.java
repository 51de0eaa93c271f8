package io.metricsagent.exporters.statsd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Sends datagrams to one host, which is looked up again after a failure and every {@value
 * #RESOLVE_SECONDS} seconds. Used by one thread.
 *
 * <p>The channel is connected, so that a closed port is noticed: if the network refuses a datagram,
 * a later operation on the channel throws; for a port on this machine, it is the next operation.
 */
final class UdpConnection implements StatsdConnection {
  /** The bytes that fit into one Ethernet frame with the headers of IP and UDP. */
  private static final int MAX_BYTES = 1432;

  static final long RESOLVE_SECONDS = 300;

  /** A third of the full datagrams that fit into a receiver's buffer of the usual 208 KB. */
  private static final int BURST = 32;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MAX_STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final String host;
  private final int port;
  private final LongSupplier nanoTime;
  private final ByteBuffer answer = ByteBuffer.allocate(1);
  private DatagramChannel channel;
  private InetSocketAddress address;
  private long resolvedAt;
  private int burst;

  UdpConnection(String host, int port, LongSupplier nanoTime) {
    this.host = host;
    this.port = port;
    this.nanoTime = nanoTime;
  }

  @Override
  public void send(byte[] packet) throws IOException {
    try {
      connect();
      write(ByteBuffer.wrap(packet));
      // Nothing is read; the call throws if the port was closed.
      channel.read(answer.clear());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    if (++burst % BURST == 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void settle() throws IOException {
    LockSupport.parkNanos(PAUSE_NANOS);
    try {
      channel.read(answer.clear());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public String target() {
    return host + ":" + port;
  }

  private void connect() throws IOException {
    long now = nanoTime.getAsLong();
    if (channel != null && now - resolvedAt < TimeUnit.SECONDS.toNanos(RESOLVE_SECONDS)) {
      return;
    }
    InetSocketAddress resolved = new InetSocketAddress(host, port);
    if (resolved.isUnresolved()) {
      throw new UnknownHostException("the host is unknown");
    }
    resolvedAt = now;
    if (channel != null && resolved.equals(address)) {
      return;
    }
    do {
      close();
      channel = DatagramChannel.open();
      channel.configureBlocking(false);
      channel.connect(resolved);
      // If the receiver's port is closed, the system may choose it as our local port, and the
      // channel would send to itself.
    } while (resolved.equals(channel.getLocalAddress()));
    address = resolved;
  }

  private void write(ByteBuffer packet) throws IOException {
    long start = nanoTime.getAsLong();
    while (channel.write(packet) == 0) {
      if (nanoTime.getAsLong() - start > MAX_STALL_NANOS) {
        throw new SocketTimeoutException("the send buffer of the socket stays full");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // Nothing is buffered in the channel, and it is not used again.
      }
      channel = null;
    }
  }
}
