package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Reads the series of tables; the caller holds the registry's snapshot lock. Stateless. */
final class SeriesReading {
  private SeriesReading() {}

  /**
   * Returns all series, those of a table sorted by their labels.
   *
   * @param mcp {@code null} before the first request of the protocol
   * @param clear as for {@link LiveSeries#read}
   */
  static List<SeriesSnapshot> all(
      SeriesTable<AdapterMetrics> adapters,
      SeriesTable<ToolMetrics> tools,
      SeriesTable<MailboxMetrics> mailboxes,
      McpTables mcp,
      boolean clear) {
    List<SeriesSnapshot> all = new ArrayList<>();
    List<SeriesSnapshot> ofAdapters = read(adapters, clear);
    ofAdapters.removeIf(SeriesSnapshot::isUnknown); // the first request is still under way
    all.addAll(sorted(ofAdapters));
    all.addAll(sorted(read(tools, clear)));
    all.addAll(sorted(read(mailboxes, clear)));
    if (mcp != null) {
      all.addAll(sorted(mcp.read(clear)));
    }
    return all;
  }

  private static List<SeriesSnapshot> read(SeriesTable<? extends LiveSeries> table, boolean clear) {
    List<SeriesSnapshot> snapshots = new ArrayList<>();
    for (LiveSeries series : table.all()) {
      snapshots.add(series.read(clear));
    }
    return snapshots;
  }

  static List<SeriesSnapshot> withoutIdle(List<SeriesSnapshot> series) {
    List<SeriesSnapshot> busy = new ArrayList<>(series);
    busy.removeIf(SeriesSnapshot::isIdle);
    return busy;
  }

  private static List<SeriesSnapshot> sorted(List<SeriesSnapshot> series) {
    series.sort(SeriesSnapshot.BY_LABELS);
    return series;
  }
}
