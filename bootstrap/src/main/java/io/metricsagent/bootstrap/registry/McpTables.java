package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The series of the Model Context Protocol, one table a side, so that each side has its own {@code
 * _other}. Made with the first request: few applications speak the protocol.
 */
final class McpTables {
  private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

  private final SeriesTable<McpMetrics> clients;
  private final SeriesTable<McpMetrics> servers;

  /**
   * Makes empty tables.
   *
   * @param kind tells the tables that share {@code dropped} apart; the next number is taken too
   */
  McpTables(int kind, int limit, DroppedSeries dropped) {
    clients = table(McpSnapshot.CLIENT, kind, limit, dropped);
    servers = table(McpSnapshot.SERVER, kind + 1, limit, dropped);
  }

  private static SeriesTable<McpMetrics> table(
      String side, int kind, int limit, DroppedSeries dropped) {
    return new SeriesTable<>(
        kind,
        limit,
        dropped,
        (method, tool, experiment, d) -> new McpMetrics(side, method, tool, experiment));
  }

  McpMetrics client(String method, String tool, String experiment) {
    return clients.get(method, tool, experiment, null);
  }

  McpMetrics server(String method, String tool, String experiment) {
    return servers.get(method, tool, experiment, null);
  }

  List<McpSnapshot> read(boolean clear) {
    List<McpSnapshot> snapshots = new ArrayList<>();
    for (McpMetrics series : clients.all()) {
      snapshots.add(series.read(clear));
    }
    for (McpMetrics series : servers.all()) {
      snapshots.add(series.read(clear));
    }
    snapshots.sort(
        Comparator.comparing(McpSnapshot::side)
            .thenComparing(McpSnapshot::method, TEXT)
            .thenComparing(McpSnapshot::tool, TEXT)
            .thenComparing(McpSnapshot::experiment, TEXT));
    return snapshots;
  }
}
