package io.metricsagent.exporters.statsd;

import java.io.IOException;

/** A way to a StatsD server. Used by one thread. */
interface StatsdConnection extends AutoCloseable {
  /**
   * Sends one packet.
   *
   * @throws IOException if it was not sent; the next call starts anew
   */
  void send(byte[] packet) throws IOException;

  /**
   * Waits a moment for what the network says to the last packet.
   *
   * @throws IOException if it was refused; the next call starts anew
   */
  void settle() throws IOException;

  /** Returns how large a packet may be, in bytes. */
  int maxBytes();

  /** Returns where packets go, for messages. */
  String target();

  @Override
  void close();
}
