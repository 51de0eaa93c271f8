package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The settings table of the README is made from the catalogue; this keeps the two together. */
class ReadmeTest {
  private static final String START = "<!-- settings -->";
  private static final String END = "<!-- /settings -->";

  @Test
  void theSettingsTableIsThatOfTheCatalogue() throws Exception {
    // Surefire starts tests in the folder of the module.
    Path readme = Path.of("..", "README.md").toAbsolutePath().normalize();
    String text = Files.readString(readme);
    int start = text.indexOf(START);
    int end = text.indexOf(END);
    assertThat(start).as("%s must hold the line %s", readme, START).isNotNegative();
    assertThat(end).as("%s must hold the line %s", readme, END).isGreaterThan(start);

    String expected = "\n\n" + SettingsTable.markdown() + "\n";
    if (Boolean.getBoolean("update.readme")) {
      Files.writeString(
          readme, text.substring(0, start + START.length()) + expected + text.substring(end));
      return;
    }
    assertThat(text.substring(start + START.length(), end))
        .as(
            "the settings table of %s is out of date; this makes it anew:%n"
                + "  mvn -q -pl agent -am test -Dtest=ReadmeTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.readme=true%n",
            readme)
        .isEqualTo(expected);
  }
}
