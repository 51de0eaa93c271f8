package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.start.TargetSettings;
import org.junit.jupiter.api.Test;

class TargetSettingsTest {
  /** The settings that name targets are known before {@code main}, without the catalogue. */
  @Test
  void theSettingsThatNameTargetsAreThoseOfTheCatalogue() {
    assertThat(TargetSettings.KEYS)
        .containsExactlyInAnyOrderElementsOf(
            SettingCatalogue.all().stream()
                .map(Setting::key)
                .filter(
                    key ->
                        key.endsWith(".include")
                            || key.endsWith(".rules.file")
                            || key.endsWith(".executors.enabled")
                            || key.endsWith(".actors.enabled")
                            || key.endsWith(".config.file"))
                .toList());
  }
}
