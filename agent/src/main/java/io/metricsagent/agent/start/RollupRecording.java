package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.RollupConfig;
import io.metricsagent.agent.rollups.RollupFiles;
import io.metricsagent.agent.rollups.record.RollupOptions;
import io.metricsagent.agent.rollups.record.RollupRecorder;
import io.metricsagent.instrumentations.events.EventConsumer;
import java.io.File;

/** Makes the recorder of session metrics from the settings. Stateless. */
final class RollupRecording {
  private static final long NANOS_OF_MILLI = 1_000_000;

  private RollupRecording() {}

  static EventConsumer of(AgentConfig config) {
    RollupConfig rollups = config.rollups();
    return new RollupRecorder(
        new RollupOptions(
            new File(config.directory(), RollupFiles.FOLDER),
            config.workerId(),
            config.experiment(),
            config.intervalNanos() / NANOS_OF_MILLI,
            config.cardinalityLimit(),
            rollups.successChunks(),
            rollups.excusedPhrases(),
            rollups.swapModels(),
            rollups.maxFiles(),
            rollups.maxAge()));
  }
}
