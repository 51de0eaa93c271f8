package io.metricsagent.exporters.statsd;

import java.io.IOException;

/** A connection to a StatsD server. Used by one thread. */
interface StatsdConnection extends AutoCloseable {
  /**
   * Sends one packet.
   *
   * @throws IOException if the packet was not sent; the next call connects again
   */
  void send(byte[] packet) throws IOException;

  /**
   * Waits a moment for an error that the network reports about the last packet.
   *
   * @throws IOException if the packet was refused; the next call connects again
   */
  void settle() throws IOException;

  /** Returns how large a packet may be, in bytes. */
  int maxBytes();

  /** Returns the address of the server, for messages. */
  String target();

  @Override
  void close();
}
