package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of libraries in {@code agent/docs} agrees with the rules, and its versions are those of
 * the applications under test.
 */
class LibrariesTableTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>"
              + "\\s*<version>(.*?)</version>");

  /** Returns the rows by name; a row that belongs to another one comes right below it. */
  private static List<Coverage> coverage() {
    List<List<Coverage>> modules = new ArrayList<>();
    for (InstrumentationModule module : ServiceLoader.load(InstrumentationModule.class)) {
      if (!module.coverage().isEmpty()) {
        modules.add(module.coverage());
      }
    }
    modules.sort(
        Comparator.comparing(rows -> rows.get(0).library(), String.CASE_INSENSITIVE_ORDER));
    return modules.stream().flatMap(List::stream).toList();
  }

  @Test
  void theTableAgreesWithTheRules() throws IOException {
    StringBuilder table = new StringBuilder("| library | tested versions | what is measured |\n");
    table.append("|---|---|---|\n");
    for (Coverage row : coverage()) {
      table
          .append("| **")
          .append(row.library())
          .append("** | ")
          .append(String.join(", ", row.versions()))
          .append(" | ")
          .append(row.measured())
          .append(" |\n");
    }
    new GeneratedPart("agent/docs/libraries.md", "libraries").isOrBecomes(table.toString());
  }

  @Test
  void theNamesAreThoseOfTheInstrumentationModules() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (InstrumentationModule module : ServiceLoader.load(InstrumentationModule.class)) {
      if (!module.isOptIn()) { // a setting of its own switches it on
        names.add("`" + module.name() + "`");
      }
    }
    new GeneratedPart("agent/docs/libraries.md", "names")
        .isOrBecomes(String.join(", ", names) + "\n");
  }

  @Test
  void theVersionsAreThoseOfTheApplicationsUnderTest() throws IOException {
    for (Coverage row : coverage()) {
      if (row.artifact() != null) {
        assertThat(versions(row.artifact()))
            .as("versions of %s in the applications of the tests", row.artifact())
            .hasSameElementsAs(row.versions());
      }
    }
  }

  private static TreeSet<String> versions(String artifact) throws IOException {
    TreeSet<String> versions = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("integration-tests/apps"), 2)) {
      files
          .filter(file -> file.toString().endsWith(".xml"))
          .forEach(pom -> collect(read(pom), artifact, versions));
    }
    return versions;
  }

  private static void collect(String pom, String artifact, TreeSet<String> into) {
    Matcher dependency = DEPENDENCY.matcher(pom);
    while (dependency.find()) {
      if (artifact.equals(dependency.group(1) + ":" + dependency.group(2))) {
        into.add(resolved(dependency.group(3), pom));
      }
    }
  }

  private static String resolved(String version, String pom) {
    if (!version.startsWith("${")) {
      return version;
    }
    String property = version.substring(2, version.length() - 1);
    Matcher value = Pattern.compile("<" + Pattern.quote(property) + ">(.*?)<").matcher(pom);
    assertThat(value.find()).as("%s in %s", version, pom).isTrue();
    return value.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
