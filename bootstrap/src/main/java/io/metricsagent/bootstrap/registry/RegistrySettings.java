package io.metricsagent.bootstrap.registry;

import java.time.Instant;

/**
 * The settings of a {@link Registry}, which never change.
 *
 * @param startedAt when recording began
 * @param workerId tag {@code worker}
 * @param serviceName {@code service.name}
 * @param experiment default tag {@code experiment}, or {@code null}
 * @param cardinalityLimit how many series of a kind there may be before new ones share {@code
 *     _other}; at least 1
 * @param version the agent's version
 * @param timesMailboxes whether receiving, settling and processing messages is timed
 */
public record RegistrySettings(
    Instant startedAt,
    String workerId,
    String serviceName,
    String experiment,
    int cardinalityLimit,
    String version,
    boolean timesMailboxes) {
  /** Makes the names {@linkplain SeriesNames#wellFormed well-formed}. */
  public RegistrySettings {
    workerId = SeriesNames.wellFormed(workerId);
    serviceName = SeriesNames.wellFormed(serviceName);
  }

  /** Makes settings by which nothing of mailboxes is timed. */
  public RegistrySettings(
      Instant startedAt,
      String workerId,
      String serviceName,
      String experiment,
      int cardinalityLimit,
      String version) {
    this(startedAt, workerId, serviceName, experiment, cardinalityLimit, version, false);
  }
}
