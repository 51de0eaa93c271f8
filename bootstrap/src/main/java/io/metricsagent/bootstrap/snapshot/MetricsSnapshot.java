package io.metricsagent.bootstrap.snapshot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Everything that was recorded from {@code startedAt} to {@code capturedAt}. Immutable.
 *
 * <p>Snapshots of workers or of periods add up with {@link #plus}; {@link #minus} leaves what
 * happened in between.
 *
 * @param startedAt the start of the process, or the last reset
 * @param capturedAt when it was taken
 * @param workerId tag {@code worker}
 * @param serviceName {@code service.name}
 * @param mcp requests of the Model Context Protocol; most applications have none
 */
public record MetricsSnapshot(
    Instant startedAt,
    Instant capturedAt,
    String workerId,
    String serviceName,
    List<AdapterSnapshot> adapters,
    List<ToolSnapshot> tools,
    List<MailboxSnapshot> mailboxes,
    List<McpSnapshot> mcp,
    AgentSnapshot agent) {

  /** Copies the lists. */
  public MetricsSnapshot {
    adapters = List.copyOf(adapters);
    tools = List.copyOf(tools);
    mailboxes = List.copyOf(mailboxes);
    mcp = List.copyOf(mcp);
  }

  /**
   * Returns the sum of two snapshots, of two workers or of two periods of one; series that both
   * have are added up.
   *
   * <p>Identity and agent are those of this snapshot; the time spans both.
   */
  public MetricsSnapshot plus(MetricsSnapshot other) {
    return new MetricsSnapshot(
        startedAt.isBefore(other.startedAt) ? startedAt : other.startedAt,
        capturedAt.isAfter(other.capturedAt) ? capturedAt : other.capturedAt,
        workerId,
        serviceName,
        sum(adapters, other.adapters, AdapterSnapshot::key, AdapterSnapshot::plus),
        sum(tools, other.tools, ToolSnapshot::key, ToolSnapshot::plus),
        sum(mailboxes, other.mailboxes, MailboxSnapshot::key, MailboxSnapshot::plus),
        sum(mcp, other.mcp, McpSnapshot::key, McpSnapshot::plus),
        agent);
  }

  /**
   * Returns what was recorded since an earlier snapshot of the same registry; series that recorded
   * nothing since then are left out.
   *
   * @throws IllegalArgumentException if {@code earlier} holds values that this snapshot lacks
   */
  public MetricsSnapshot minus(MetricsSnapshot earlier) {
    return new MetricsSnapshot(
        earlier.capturedAt,
        capturedAt,
        workerId,
        serviceName,
        difference(
            adapters,
            earlier.adapters,
            AdapterSnapshot::key,
            AdapterSnapshot::minus,
            AdapterSnapshot::isIdle),
        difference(
            tools, earlier.tools, ToolSnapshot::key, ToolSnapshot::minus, ToolSnapshot::isIdle),
        difference(
            mailboxes,
            earlier.mailboxes,
            MailboxSnapshot::key,
            MailboxSnapshot::minus,
            MailboxSnapshot::isIdle),
        difference(mcp, earlier.mcp, McpSnapshot::key, McpSnapshot::minus, McpSnapshot::isIdle),
        agent);
  }

  /**
   * Returns whether another snapshot of the same registry holds the same figures, whenever it was
   * taken.
   */
  public boolean hasSameSeries(MetricsSnapshot other) {
    return startedAt.equals(other.startedAt)
        && adapters.equals(other.adapters)
        && tools.equals(other.tools)
        && mailboxes.equals(other.mailboxes)
        && mcp.equals(other.mcp);
  }

  private static <S> List<S> sum(
      List<S> a, List<S> b, Function<S, SeriesKey> key, BinaryOperator<S> plus) {
    Map<SeriesKey, S> all = new LinkedHashMap<>();
    a.forEach(series -> all.merge(key.apply(series), series, plus));
    b.forEach(series -> all.merge(key.apply(series), series, plus));
    return new ArrayList<>(all.values());
  }

  private static <S> List<S> difference(
      List<S> later,
      List<S> earlier,
      Function<S, SeriesKey> key,
      BinaryOperator<S> minus,
      Predicate<S> idle) {
    Map<SeriesKey, S> before = new LinkedHashMap<>();
    earlier.forEach(series -> before.put(key.apply(series), series));
    List<S> left = new ArrayList<>();
    for (S series : later) {
      S base = before.get(key.apply(series));
      left.add(base == null ? series : minus.apply(series, base));
    }
    left.removeIf(idle);
    return left;
  }
}
