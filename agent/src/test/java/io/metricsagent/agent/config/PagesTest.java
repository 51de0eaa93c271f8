package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README is short, the tables of the pages agree with the code, and every link has a target.
 */
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");

  @Test
  void theSettingsTableIsThatOfTheCatalogue() throws IOException {
    new GeneratedPart("agent/docs/settings.md", "settings").isOrBecomes(SettingsTable.markdown());
  }

  @Test
  void theReadmeIsShort() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
    assertThat(lines).hasSizeLessThanOrEqualTo(220);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }

  @Test
  void everyLinkLeadsToAnExistingFileAndHeading() throws IOException {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String file = link.group(1);
        if (file.startsWith("http")) {
          continue;
        }
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        assertThat(target).as("%s in %s", link.group(), page).exists();
        if (link.group(2) != null) {
          assertThat(headings(target)).as("%s in %s", link.group(), page).contains(link.group(2));
        }
      }
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> agent = Files.walk(ROOT.resolve("agent"), 2)) {
      return Stream.concat(top, agent).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  /**
   * Returns the anchors of a page by the rule of GitHub and GitLab: lower case, hyphens for blanks,
   * no punctuation.
   */
  private static List<String> headings(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
