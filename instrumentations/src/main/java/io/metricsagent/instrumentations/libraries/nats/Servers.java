package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.WeakTable;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the servers that connections are to apart: two servers may have streams and consumers of
 * the same names. A server is known by the addresses that the application has given the client, of
 * all members of a cluster, which do not change when the client connects again. Thread-safe; keeps
 * no object of the application alive, and of addresses only hosts and ports.
 *
 * <p>Servers are compared by identity: the same text is the same object. <b>Bound:</b> {@value
 * #MAX_SERVERS} servers, further ones are one; a look-up allocates nothing for the first {@value
 * #MAX_CONNECTIONS} living connections.
 */
final class Servers {
  /** The server of what has no connection, or of which the connection is not known. */
  static final String UNKNOWN = "";

  private static final int MAX_SERVERS = 1_000;
  private static final int MAX_CONNECTIONS = 1 << 12;
  private static final int MAX_CONTEXTS = 100_000;
  private static final Accessor ADDRESSES = Accessor.path("getOptions().getServers()");

  /** A connection that was met. */
  private static final class Known extends WeakReference<Object> {
    private final String server;

    Known(Object connection, String server) {
      super(connection);
      this.server = server;
    }
  }

  private final Map<String, String> byAddress = new ConcurrentHashMap<>();
  private final WeakTable<Object, Known> connections = new WeakTable<>(MAX_CONNECTIONS);

  /** By the client's objects for JetStream, each of which has one connection. */
  private final WeakMap<Object, String> contexts = new WeakMap<>(MAX_CONTEXTS);

  /** Returns the server of a connection. */
  String of(Object connection) {
    if (connection == null) {
      return UNKNOWN;
    }
    Known known = connections.get(connection);
    return known == null ? add(connection) : known.server;
  }

  private String add(Object connection) {
    String server = canonical(addresses(connection));
    connections.putIfAbsent(connection, new Known(connection, server));
    return server;
  }

  private String canonical(String addresses) {
    String known = byAddress.get(addresses);
    if (known != null || byAddress.size() >= MAX_SERVERS) {
      return known == null ? UNKNOWN : known;
    }
    String there = byAddress.putIfAbsent(addresses, addresses);
    return there == null ? addresses : there;
  }

  private static String addresses(Object connection) {
    TreeSet<String> sorted = new TreeSet<>();
    if (ADDRESSES.read(connection) instanceof Collection<?> addresses) {
      for (Object address : addresses) {
        if (address instanceof URI uri) {
          sorted.add(uri.getHost() + ":" + uri.getPort());
        }
      }
    }
    return sorted.isEmpty() ? UNKNOWN : String.join(",", sorted);
  }

  /**
   * The client has made an object for JetStream.
   *
   * @param from its connection, or another such object, which it is a copy of
   */
  void made(Object context, Object from) {
    String copied = contexts.get(from);
    contexts.put(context, copied == null ? of(from) : copied);
  }

  /** Returns the server of an object for JetStream. */
  String ofContext(Object context) {
    String known = contexts.get(context);
    return known == null ? UNKNOWN : known;
  }

  /** Returns how many connections are known that are alive. */
  int size() {
    return connections.size();
  }
}
