package io.metricsagent.agent.net;

import java.net.SocketOption;
import java.util.Collections;
import java.util.Set;

/**
 * Takes the place of {@code jdk.net.Sockets} in Apache HttpCore, by relocation in the jar: HttpCore
 * asks it whether the system can be told when to probe idle connections, and our connections serve
 * one request each. So the agent needs no module {@code jdk.net}. Stateless.
 */
public final class NoSockets {
  private NoSockets() {}

  /** Returns the options that a kind of socket has beyond the standard ones: none. */
  public static Set<SocketOption<?>> supportedOptions(Class<?> socketType) {
    return Collections.emptySet();
  }
}
