package io.metricsagent.exporters.archive;

import java.io.File;
import java.time.Duration;

/**
 * Where snapshots are archived and for how long. Immutable. May be made before the application's
 * {@code main}: it loads no class of {@code java.nio.file}.
 *
 * @param directory {@code metrics.agent.dir}; made on the first export
 * @param maxFiles {@code metrics.agent.archive.max.files}: how many snapshots of a worker are kept;
 *     at least 1
 * @param maxAge {@code metrics.agent.archive.max.age}: older snapshots are deleted; positive
 */
public record ArchiveSettings(File directory, int maxFiles, Duration maxAge) {
  /** Checks the limits. */
  public ArchiveSettings {
    if (maxFiles < 1) {
      throw new IllegalArgumentException(
          "metrics.agent.archive.max.files is " + maxFiles + "; write 1 or more");
    }
    if (maxAge.isZero() || maxAge.isNegative()) {
      throw new IllegalArgumentException(
          "metrics.agent.archive.max.age is " + maxAge + "; write a time such as 7d");
    }
  }
}
