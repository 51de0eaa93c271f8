package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The series of the Model Context Protocol. Clients and servers have a table each, and so their own
 * {@code _other}. The tables are made at the first request, since few applications use the
 * protocol.
 */
final class McpTables {
  private final SeriesTable<McpMetrics> clients;
  private final SeriesTable<McpMetrics> servers;

  /**
   * Makes empty tables.
   *
   * @param kind the number of the first table in {@code dropped}; the second one has the next
   *     number
   */
  McpTables(int kind, int limit, DroppedSeries dropped) {
    ReentrantLock adding = new ReentrantLock();
    clients = table(McpSnapshot.CLIENT, kind, limit, dropped, adding);
    servers = table(McpSnapshot.SERVER, kind + 1, limit, dropped, adding);
  }

  private static SeriesTable<McpMetrics> table(
      String side, int kind, int limit, DroppedSeries dropped, ReentrantLock adding) {
    return new SeriesTable<>(
        kind,
        limit,
        dropped,
        adding,
        (method, tool, experiment, d) -> new McpMetrics(side, method, tool, experiment));
  }

  McpMetrics client(String method, String tool, String experiment) {
    return clients.get(method, tool, experiment, null);
  }

  McpMetrics server(String method, String tool, String experiment) {
    return servers.get(method, tool, experiment, null);
  }

  List<SeriesSnapshot> read(boolean clear) {
    List<SeriesSnapshot> snapshots = new ArrayList<>();
    for (McpMetrics series : clients.all()) {
      snapshots.add(series.read(clear));
    }
    for (McpMetrics series : servers.all()) {
      snapshots.add(series.read(clear));
    }
    return snapshots;
  }
}
