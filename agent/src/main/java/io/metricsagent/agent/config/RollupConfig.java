package io.metricsagent.agent.config;

import java.util.List;

/** The effective settings of session metrics. Immutable. */
public final class RollupConfig {
  private final int successChunks;
  private final List<String> excusedPhrases;
  private final boolean swapModels;

  RollupConfig(SettingReader reader) {
    successChunks = reader.count(RollupSettings.SUCCESS_CHUNKS);
    excusedPhrases = List.copyOf(TextLists.split(reader.text(RollupSettings.EXCUSED_PHRASES), ','));
    swapModels = reader.bool(RollupSettings.SWAP_MODELS);
  }

  /** Returns the settings, also where no session metrics are recorded. */
  public static RollupConfig of(AgentConfig config) {
    return config.rollups() == null ? new RollupConfig(config.reader()) : config.rollups();
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
}
