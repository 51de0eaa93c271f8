package io.metricsagent.agent.config;

import static io.metricsagent.agent.config.Setting.constant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings of session metrics, but for the one that switches them on. The order of the
 * constants is that of the reference table.
 */
public final class RollupSettings {
  private static final List<Setting> ALL = new ArrayList<>();

  public static final Setting SUCCESS_CHUNKS =
      constant(
              "metrics.agent.rollups.success.chunks",
              SettingType.COUNT,
              "1",
              "After how many pieces of its answer the start of a streamed request is a success.")
          .addTo(ALL);

  public static final Setting EXCUSED_PHRASES =
      constant(
              "metrics.agent.rollups.excused.phrases",
              SettingType.TEXT,
              "no orchestrators available,mediamtx ingest disconnected,whip disconnected,missing"
                  + " video,ice connection state failed,user disconnected",
              "An error whose message contains one of these phrases, in whatever case, is excused."
                  + " Separate phrases by commas. The default phrases are those of a network for"
                  + " live video.")
          .addTo(ALL);

  public static final Setting SWAP_MODELS =
      constant(
              "metrics.agent.rollups.swap.models",
              SettingType.BOOLEAN,
              "false",
              "`true` counts a session with several models as swapped, also where one provider has"
                  + " them all.")
          .addTo(ALL);

  public static final Setting MAX_FILES =
      constant(
              "metrics.agent.rollups.max.files",
              SettingType.COUNT,
              "10000",
              "Files of session metrics that are kept; beyond it the oldest are deleted.")
          .addTo(ALL);

  public static final Setting MAX_AGE =
      constant(
              "metrics.agent.rollups.max.age",
              SettingType.DURATION,
              "90d",
              "Age at which the session metrics of a day are deleted: `12h` or `90d`.")
          .addTo(ALL);

  private RollupSettings() {}

  /** Returns the settings of this class in the order of the reference table. */
  static List<Setting> all() {
    return Collections.unmodifiableList(ALL);
  }
}
