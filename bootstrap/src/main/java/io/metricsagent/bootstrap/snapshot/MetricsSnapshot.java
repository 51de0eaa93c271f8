package io.metricsagent.bootstrap.snapshot;

import io.metricsagent.bootstrap.measures.AdapterMeasures;
import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.measures.McpMeasures;
import io.metricsagent.bootstrap.measures.ToolMeasures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything that was recorded from {@code startedAt} to {@code capturedAt}. Immutable.
 *
 * <p>Snapshots of workers or of periods add up with {@link #plus}; {@link #minus} returns what
 * happened between two of them.
 *
 * @param startedAt the start of the process, or the last reset
 * @param capturedAt when the snapshot was taken
 * @param workerId tag {@code worker}
 * @param serviceName {@code service.name}
 * @param series the series of all kinds
 * @param points raw values of gauges, which belong to no series
 */
public record MetricsSnapshot(
    Instant startedAt,
    Instant capturedAt,
    String workerId,
    String serviceName,
    List<SeriesSnapshot> series,
    List<GaugePoint> points,
    AgentSnapshot agent) {

  /** Copies the lists. */
  public MetricsSnapshot {
    series = List.copyOf(series);
    points = List.copyOf(points);
  }

  /** Makes a snapshot without points. */
  public MetricsSnapshot(
      Instant startedAt,
      Instant capturedAt,
      String workerId,
      String serviceName,
      List<SeriesSnapshot> series,
      AgentSnapshot agent) {
    this(startedAt, capturedAt, workerId, serviceName, series, List.of(), agent);
  }

  /** Returns the requests to models. */
  public List<AdapterSnapshot> adapters() {
    return views(AdapterMeasures.KIND, AdapterSnapshot::new);
  }

  /** Returns the calls of tools. */
  public List<ToolSnapshot> tools() {
    return views(ToolMeasures.KIND, ToolSnapshot::new);
  }

  /** Returns the queues. */
  public List<MailboxSnapshot> mailboxes() {
    return views(MailboxMeasures.KIND, MailboxSnapshot::new);
  }

  /** Returns the requests of the Model Context Protocol; most applications have none. */
  public List<McpSnapshot> mcp() {
    return views(McpMeasures.CLIENT, McpSnapshot::new);
  }

  private <V> List<V> views(Kind kind, Function<SeriesSnapshot, V> view) {
    return section(kind.section()).stream().map(view).toList();
  }

  /** Returns the series of a {@linkplain Kind#section section}. */
  public List<SeriesSnapshot> section(String name) {
    List<SeriesSnapshot> found = new ArrayList<>();
    for (SeriesSnapshot one : series) {
      if (one.kind().section().equals(name)) {
        found.add(one);
      }
    }
    return found;
  }

  /** Returns the series of a kind. */
  public List<SeriesSnapshot> ofKind(Kind kind) {
    List<SeriesSnapshot> found = new ArrayList<>();
    for (SeriesSnapshot one : series) {
      if (one.kind() == kind) {
        found.add(one);
      }
    }
    return found;
  }

  /** Returns the kinds that have series, in the order of the series. */
  public Set<Kind> kinds() {
    Set<Kind> kinds = new LinkedHashSet<>();
    for (SeriesSnapshot one : series) {
      kinds.add(one.kind());
    }
    return kinds;
  }

  /**
   * Returns the sum of two snapshots, of two workers or of two periods of one; series that both
   * have are added up. Points that both have are in the sum once.
   *
   * <p>Worker, service and agent are those of this snapshot; the time covers both.
   */
  public MetricsSnapshot plus(MetricsSnapshot other) {
    Map<SeriesSnapshot.Key, SeriesSnapshot> sums = new LinkedHashMap<>();
    series.forEach(one -> sums.merge(one.key(), one, SeriesSnapshot::plus));
    other.series.forEach(one -> sums.merge(one.key(), one, SeriesSnapshot::plus));
    return new MetricsSnapshot(
        startedAt.isBefore(other.startedAt) ? startedAt : other.startedAt,
        capturedAt.isAfter(other.capturedAt) ? capturedAt : other.capturedAt,
        workerId,
        serviceName,
        new ArrayList<>(sums.values()),
        allPoints(other),
        agent);
  }

  private List<GaugePoint> allPoints(MetricsSnapshot other) {
    if (points.isEmpty() || other.points.isEmpty()) {
      return points.isEmpty() ? other.points : points;
    }
    Set<GaugePoint> all = new LinkedHashSet<>(points);
    all.addAll(other.points);
    return new ArrayList<>(all);
  }

  /**
   * Returns what was recorded since an earlier snapshot of the same registry; series that recorded
   * nothing since then are left out, and so are points that the earlier snapshot has.
   *
   * @throws IllegalArgumentException if {@code earlier} holds values that this snapshot lacks
   */
  public MetricsSnapshot minus(MetricsSnapshot earlier) {
    Map<SeriesSnapshot.Key, SeriesSnapshot> before = new LinkedHashMap<>();
    earlier.series.forEach(one -> before.put(one.key(), one));
    List<SeriesSnapshot> left = new ArrayList<>();
    for (SeriesSnapshot one : series) {
      SeriesSnapshot base = before.get(one.key());
      SeriesSnapshot since = base == null ? one : one.minus(base);
      if (!since.isIdle() || (base != null && one.hasOtherLevels(base))) {
        left.add(since);
      }
    }
    return new MetricsSnapshot(
        earlier.capturedAt, capturedAt, workerId, serviceName, left, pointsSince(earlier), agent);
  }

  /** Returns the points that an earlier snapshot lacks. A reset makes no point new. */
  public List<GaugePoint> pointsSince(MetricsSnapshot earlier) {
    if (points.isEmpty() || earlier.points.isEmpty()) {
      return points;
    }
    Set<GaugePoint> before = new HashSet<>(earlier.points);
    List<GaugePoint> left = new ArrayList<>();
    for (GaugePoint point : points) {
      if (!before.contains(point)) {
        left.add(point);
      }
    }
    return left;
  }

  /** Returns this snapshot with other points. */
  public MetricsSnapshot with(List<GaugePoint> others) {
    return new MetricsSnapshot(startedAt, capturedAt, workerId, serviceName, series, others, agent);
  }

  /**
   * Returns whether another snapshot of the same registry holds the same figures, whenever it was
   * taken.
   */
  public boolean hasSameFigures(MetricsSnapshot other) {
    return startedAt.equals(other.startedAt)
        && series.equals(other.series)
        && hasLikePoints(other.points);
  }

  private boolean hasLikePoints(List<GaugePoint> others) {
    if (points.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < points.size(); i++) {
      if (!points.get(i).isLike(others.get(i))) {
        return false;
      }
    }
    return true;
  }
}
