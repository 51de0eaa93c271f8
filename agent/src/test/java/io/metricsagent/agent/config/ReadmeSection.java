package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of the README that is made from the code. */
record ReadmeSection(String name) {
  /** Asserts that the part reads so; with {@code -Dupdate.readme=true}, makes it read so. */
  void isOrBecomes(String content) throws IOException {
    // Surefire starts tests in the folder of the module.
    Path readme = Path.of("..", "README.md").toAbsolutePath().normalize();
    String text = Files.readString(readme);
    String first = "<!-- " + name + " -->";
    String last = "<!-- /" + name + " -->";
    int start = text.indexOf(first);
    int end = text.indexOf(last);
    assertThat(start).as("%s must hold the line %s", readme, first).isNotNegative();
    assertThat(end).as("%s must hold the line %s", readme, last).isGreaterThan(start);
    String expected = "\n\n" + content + "\n";
    if (Boolean.getBoolean("update.readme")) {
      Files.writeString(
          readme, text.substring(0, start + first.length()) + expected + text.substring(end));
      return;
    }
    assertThat(text.substring(start + first.length(), end))
        .as(
            "the part %s of %s is out of date; this makes it anew:%n"
                + "  mvn -q -pl agent -am test -Dtest='ReadmeTest,LibrariesTableTest'"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.readme=true%n",
            name, readme)
        .isEqualTo(expected);
  }
}
