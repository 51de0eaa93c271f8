package io.metricsagent.agent.config;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The settings table of the README is made from the catalogue; this keeps the two together. */
class ReadmeTest {
  @Test
  void theSettingsTableIsThatOfTheCatalogue() throws IOException {
    new ReadmeSection("settings").isOrBecomes(SettingsTable.markdown());
  }
}
