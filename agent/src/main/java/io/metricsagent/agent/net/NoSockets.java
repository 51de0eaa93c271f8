package io.metricsagent.agent.net;

import java.net.SocketOption;
import java.util.Collections;
import java.util.Set;

/**
 * Replaces {@code jdk.net.Sockets} in Apache HttpCore, by relocation in the jar, so that the agent
 * does not need the module {@code jdk.net}. HttpCore uses that class to set when idle connections
 * are probed, which our connections do not need, since each serves one request. Stateless.
 */
public final class NoSockets {
  private NoSockets() {}

  /** Returns no options: no kind of socket has more than the standard ones here. */
  public static Set<SocketOption<?>> supportedOptions(Class<?> socketType) {
    return Collections.emptySet();
  }
}
