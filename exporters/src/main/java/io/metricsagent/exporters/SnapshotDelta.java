package io.metricsagent.exporters;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;

/** Computes what a sink that sends differences has not sent yet. Stateless. */
public final class SnapshotDelta {
  private SnapshotDelta() {}

  /**
   * Returns what {@code snapshot} has and {@code sent} has not.
   *
   * <p>After a reset of the registry no series of {@code sent} is in {@code snapshot}, so all
   * series of {@code snapshot} are new; points are not reset. A reset changes {@code startedAt}; if
   * a wrong clock hides that, the reset shows in a bucket whose difference would be negative.
   *
   * @param sent the last snapshot that was sent, or {@code null} for none
   */
  public static MetricsSnapshot since(MetricsSnapshot snapshot, MetricsSnapshot sent) {
    if (sent == null) {
      return snapshot;
    }
    if (!sent.startedAt().equals(snapshot.startedAt())) {
      return snapshot.with(snapshot.pointsSince(sent));
    }
    try {
      return snapshot.minus(sent);
    } catch (IllegalArgumentException e) {
      return snapshot.with(snapshot.pointsSince(sent));
    }
  }
}
