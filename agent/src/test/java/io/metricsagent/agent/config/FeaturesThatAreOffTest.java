package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that is wrong is named at the start, also if it belongs to a feature that is off. */
class FeaturesThatAreOffTest {
  /** Types of which some texts are no values. */
  private static final Set<SettingType> CHECKED =
      Set.of(
          SettingType.BOOLEAN,
          SettingType.DURATION,
          SettingType.COUNT,
          SettingType.PORT,
          SettingType.RATE,
          SettingType.CHOICE,
          SettingType.LIST);

  static List<Setting> settings() {
    return SettingCatalogue.all().stream()
        .filter(setting -> setting.key().startsWith(SettingCatalogue.PREFIX))
        .filter(setting -> CHECKED.contains(setting.type()) && !setting.isPattern())
        .filter(setting -> !ServeSettings.all().contains(setting)) // read by the command alone
        .toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aWrongValueIsNamed(Setting setting) {
    assertThat(Settings.none().property(setting.key(), "?").load().problems())
        .singleElement()
        .asString()
        .startsWith(setting.key() + "=? (system property): ");
  }

  @Test
  void aSettingOfAFeatureDoesNotSwitchItOn() {
    AgentConfig config =
        Settings.none()
            .property("metrics.agent.rollups.success.chunks", "3")
            .property("metrics.agent.run.gauges.lifetime", "3m")
            .property("metrics.agent.runs.scenario", "s")
            .property("metrics.agent.sessions.idle", "3m")
            .load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.keepsEvents()).isFalse();
    assertThat(config.rollups()).isNull();
    assertThat(config.runs().gauges()).isNull();
    assertThat(config.sessions().enabled()).isFalse();
    assertThat(RollupConfig.of(config).successChunks()).isEqualTo(3);
  }

  @Test
  void theCommandServeTellsWhatIsWrongInItsOwnSettings() {
    AgentConfig config =
        Settings.none().property("metrics.agent.serve.max.sessions", "none").load();
    List<String> problems = new ArrayList<>();

    assertThat(ServeSettings.of(config, problems).maxSessions()).isEqualTo(1000);
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("metrics.agent.serve.max.sessions=none (system property): ");
  }
}
