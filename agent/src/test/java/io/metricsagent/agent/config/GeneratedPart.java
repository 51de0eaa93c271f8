package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that is generated from the code.
 *
 * @param page relative to the repository, such as {@code agent/docs/settings.md}
 * @param name the name of the part in the two comments around it
 */
public record GeneratedPart(String page, String name) {
  /**
   * Asserts that the part has this content; with {@code -Dupdate.docs=true}, writes the content.
   */
  public void isOrBecomes(String content) throws IOException {
    // Surefire starts tests in the folder of the module.
    Path file = Path.of("..", page).toAbsolutePath().normalize();
    String text = Files.readString(file);
    String first = "<!-- " + name + " -->";
    String last = "<!-- /" + name + " -->";
    int start = text.indexOf(first);
    int end = text.indexOf(last);
    assertThat(start).as("%s must hold the line %s", file, first).isNotNegative();
    assertThat(end).as("%s must hold the line %s", file, last).isGreaterThan(start);
    String expected = "\n\n" + content + "\n";
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(
          file, text.substring(0, start + first.length()) + expected + text.substring(end));
      return;
    }
    assertThat(text.substring(start + first.length(), end))
        .as(
            "the part %s of %s is out of date; this makes it anew:%n"
                + "  mvn -q -pl agent -am test -Dtest='PagesTest,LibrariesTableTest'"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.docs=true%n",
            name, file)
        .isEqualTo(expected);
  }
}
