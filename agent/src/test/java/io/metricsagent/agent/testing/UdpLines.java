package io.metricsagent.agent.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A UDP socket on the loopback interface that hands out the lines it got. */
public final class UdpLines implements AutoCloseable {
  private static final int BUFFER = 1 << 20;
  private static final int LARGEST = 65_536;

  /** Loopback delivers before the sender's call returns; this is for the end of the queue. */
  private static final int EMPTY_MILLIS = 50;

  private final DatagramSocket socket;

  /** Opens a free port. */
  public UdpLines() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setReceiveBufferSize(BUFFER);
    socket.setSoTimeout(EMPTY_MILLIS);
  }

  /** Returns the port. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Returns the lines that arrived since the last call. */
  public List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    byte[] buffer = new byte[LARGEST];
    while (true) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException end) {
        return lines;
      }
      new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8).lines().forEach(lines::add);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
