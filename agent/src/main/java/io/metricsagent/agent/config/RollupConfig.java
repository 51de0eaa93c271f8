package io.metricsagent.agent.config;

import java.time.Duration;
import java.util.List;

/** The effective settings of session metrics. Immutable. */
public final class RollupConfig {
  private final boolean enabled;
  private final int successChunks;
  private final List<String> excusedPhrases;
  private final boolean swapModels;
  private final int maxFiles;
  private final Duration maxAge;

  RollupConfig(SettingReader reader) {
    enabled = reader.bool(AgentSettings.ROLLUPS_ENABLED);
    successChunks = reader.count(RollupSettings.SUCCESS_CHUNKS);
    excusedPhrases = List.copyOf(TextLists.split(reader.text(RollupSettings.EXCUSED_PHRASES), ','));
    swapModels = reader.bool(RollupSettings.SWAP_MODELS);
    maxFiles = reader.count(RollupSettings.MAX_FILES);
    maxAge =
        Duration.ofNanos(
            reader.nanos(RollupSettings.MAX_AGE, 1_000 * Durations.NANOS_PER_MILLI, "1s"));
  }

  /** Returns the settings, also where no session metrics are recorded. */
  public static RollupConfig of(AgentConfig config) {
    return config.rollups() == null ? new RollupConfig(config.reader()) : config.rollups();
  }

  /** Returns whether session metrics are recorded. */
  boolean enabled() {
    return enabled;
  }

  /** Returns after how many pieces the start of a streamed request is a success, at least 1. */
  public int successChunks() {
    return successChunks;
  }

  /** Returns the phrases that excuse an error whose message contains one of them. */
  public List<String> excusedPhrases() {
    return excusedPhrases;
  }

  /** Returns whether a session with several models of one provider counts as swapped. */
  public boolean swapModels() {
    return swapModels;
  }

  /** Returns how many files are kept, of all workers together, at least 1. */
  public int maxFiles() {
    return maxFiles;
  }

  /** Returns how long a file is kept after the end of its day. */
  public Duration maxAge() {
    return maxAge;
  }
}
