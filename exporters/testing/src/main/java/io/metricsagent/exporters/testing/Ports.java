package io.metricsagent.exporters.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for programs that have to be told theirs, and ports that nobody has. Thread-safe. */
public final class Ports {
  /** Below those that systems give to whoever asks for any port (from 32768 or 49152 on). */
  private static final int FIRST = 20_000;

  private static final int COUNT = 12_000;

  /** Test runs beside each other begin at different places. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

  private Ports() {}

  /** Returns a port of the loopback interface that is free for TCP and UDP, each time another. */
  public static int free() {
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket(port, 1, loopback);
        DatagramSocket udp = new DatagramSocket(port, loopback)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
