package io.metricsagent.agent.net;

import java.net.SocketOption;

/**
 * Replaces {@code jdk.net.ExtendedSocketOptions} in Apache HttpCore with options that no socket
 * supports; see {@link NoSockets}. Stateless.
 */
public final class NoSocketOptions {
  /** Seconds of idleness before a probe. */
  public static final SocketOption<Integer> TCP_KEEPIDLE = new Unsupported("TCP_KEEPIDLE");

  /** Seconds between probes. */
  public static final SocketOption<Integer> TCP_KEEPINTERVAL = new Unsupported("TCP_KEEPINTERVAL");

  /** Probes without an answer. */
  public static final SocketOption<Integer> TCP_KEEPCOUNT = new Unsupported("TCP_KEEPCOUNT");

  private NoSocketOptions() {}

  private record Unsupported(String name) implements SocketOption<Integer> {
    @Override
    public Class<Integer> type() {
      return Integer.class;
    }
  }
}
