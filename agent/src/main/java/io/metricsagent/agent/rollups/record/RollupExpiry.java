package io.metricsagent.agent.rollups.record;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.exporters.archive.DailyFiles;
import java.io.File;
import java.time.Clock;

/**
 * Deletes rollups that are too old or too many. Uses NIO file systems, unlike {@link RollupLog},
 * but not before the first flush. Used by one thread.
 */
final class RollupExpiry implements RollupLog.Retention {
  private final RollupOptions options;

  RollupExpiry(RollupOptions options) {
    this.options = options;
  }

  @Override
  public void apply(File made) {
    try {
      File folder = made.getParentFile();
      new DailyFiles(folder.toPath(), options.maxFiles(), options.maxAge(), Clock.systemUTC())
          .expire(made.toPath());
    } catch (RuntimeException e) {
      AgentLog.debug("old session metrics in " + options.folder() + " stay", e);
    }
  }
}
