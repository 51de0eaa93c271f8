package io.metricsagent.bootstrap.registry;

import java.time.Instant;

/**
 * What a {@link Registry} is told once.
 *
 * @param startedAt when recording began
 * @param workerId tag {@code worker}
 * @param serviceName {@code service.name}
 * @param experiment default tag {@code experiment}, or {@code null}
 * @param cardinalityLimit series of a kind, beyond which new ones share {@code _other}; at least 1
 * @param version the agent's version
 */
public record RegistrySettings(
    Instant startedAt,
    String workerId,
    String serviceName,
    String experiment,
    int cardinalityLimit,
    String version) {
  /** Keeps names fit to be written. */
  public RegistrySettings {
    workerId = SeriesNames.wellFormed(workerId);
    serviceName = SeriesNames.wellFormed(serviceName);
  }
}
