package io.metricsagent.exporters.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A UDP socket on 127.0.0.1 that hands out the datagrams it got. */
public final class UdpReceiver implements AutoCloseable {
  private static final int BUFFER = 8 * 1024 * 1024;

  /** Loopback delivers before the sender's call returns; this is for the end of the queue. */
  private static final int EMPTY_MILLIS = 50;

  private final DatagramSocket socket;

  /** Opens a free port. */
  public UdpReceiver() throws IOException {
    this(0);
  }

  /** Opens a port. */
  public UdpReceiver(int port) throws IOException {
    this(InetAddress.getLoopbackAddress(), port);
  }

  /** Opens a port of another address of this machine. */
  public UdpReceiver(InetAddress address, int port) throws IOException {
    socket = new DatagramSocket(port, address);
    socket.setReceiveBufferSize(BUFFER);
    socket.setSoTimeout(EMPTY_MILLIS);
  }

  /** Returns the port. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Returns the datagrams that arrived since the last call, as UTF-8. */
  public List<String> datagrams() {
    List<String> datagrams = new ArrayList<>();
    byte[] buffer = new byte[65_536];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        datagrams.add(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
      }
    } catch (SocketTimeoutException end) {
      return datagrams;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the lines that arrived since the last call. */
  public List<String> lines() {
    return datagrams().stream().flatMap(String::lines).toList();
  }

  @Override
  public void close() {
    socket.close();
  }
}
