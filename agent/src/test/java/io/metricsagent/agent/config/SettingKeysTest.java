package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the keys of settings in the source text of all modules: the agent's code takes them from
 * the catalogue, and the modules that cannot see the catalogue spell only keys that it contains.
 */
class SettingKeysTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<Class<?>> DECLARING =
      List.of(
          AgentSettings.class,
          RollupSettings.class,
          SessionSettings.class,
          ServeSettings.class,
          ExporterSettings.class,
          OpenTelemetrySettings.class);

  /** The arguments of annotations have to be literals: they are the help of the command line. */
  private static final Set<String> HELP =
      Set.of(
          "ClassifyCommand.java",
          "ConfigCommand.java",
          "InspectCommand.java",
          "RulesCommand.java",
          "ServeCommand.java");

  /**
   * Texts that look like a key but are the beginning of one, or the beginning of the names of the
   * StatsD exporter's metrics about itself.
   */
  private static final Pattern NO_KEYS =
      Pattern.compile(
          "metrics\\.agent\\.statsd(\\.packets_sent)?|otel\\.exporter\\.otlp(\\.metrics|\\.logs)?");

  private static final Pattern KEY =
      Pattern.compile("(?<![A-Za-z.])(metrics\\.agent|otel)(\\.([a-z0-9_]+|<name>))+");

  /** A comment, or a literal. */
  private static final Pattern TOKEN =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'");

  private static List<Path> sources(String module) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static Set<String> keys(String text) {
    Set<String> keys = new TreeSet<>();
    Matcher matcher = KEY.matcher(text);
    while (matcher.find()) {
      String key = matcher.group();
      if (!NO_KEYS.matcher(key).matches()) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static String literals(String source) {
    StringBuilder literals = new StringBuilder();
    Matcher matcher = TOKEN.matcher(source);
    while (matcher.find()) {
      if (matcher.group().startsWith("\"")) {
        literals.append(matcher.group()).append('\n');
      }
    }
    return literals.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "bootstrap", "exporters", "instrumentations"})
  void eachKeyInCodeOrCommentsIsInTheCatalogue(String module) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path source : sources(module)) {
      for (String key : keys(Files.readString(source))) {
        found.add(key);
        assertThat(SettingCatalogue.find(key)).as("%s in %s", key, source).isNotNull();
      }
    }
    assertThat(found).as("keys in %s", module).isNotEmpty();
  }

  @Test
  void theAgentsCodeTakesKeysFromTheCatalogue() throws IOException {
    List<String> declaring =
        DECLARING.stream().map(type -> type.getSimpleName() + ".java").toList();
    for (Path source : sources("agent")) {
      String name = source.getFileName().toString();
      if (!declaring.contains(name) && !HELP.contains(name)) {
        assertThat(keys(literals(Files.readString(source)))).as("keys in %s", source).isEmpty();
      }
    }
  }

  @Test
  void eachSettingThatIsDeclaredIsInTheCatalogueInThatOrder() throws Exception {
    List<Setting> declared = new ArrayList<>();
    for (Class<?> type : DECLARING) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType() == Setting.class) {
          declared.add((Setting) field.get(null));
        }
      }
    }
    assertThat(SettingCatalogue.all()).isEqualTo(declared);
    assertThat(declared).extracting(Setting::key).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x(\"metrics.agent.interval\")",
        "/* it's */ x(\"say \\\" metrics.agent.interval=1s\") // none",
        "x('\"', \"see metrics.agent.interval\")",
      })
  void findsKeysInLiterals(String source) {
    assertThat(keys(literals(source))).containsExactly("metrics.agent.interval");
  }
}
