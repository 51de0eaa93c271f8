package io.metricsagent.instrumentations.rules.weaving;

import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.SiteTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes that a measured library shares with other software are woven only for that library. */
class SharedLibrariesTest {
  private static final List<String> SHARED =
      List.of(
          "okhttp3.",
          "com.azure.",
          "com.google.api.",
          "com.google.cloud.",
          "software.amazon.awssdk.core.");

  /** A shared class. */
  static final class Shared {
    void run() {}
  }

  static Stream<Rule> rulesForSharedClasses() {
    return ServiceLoader.load(InstrumentationModule.class).stream()
        .flatMap(module -> module.get().rules().stream())
        .filter(rule -> SHARED.stream().anyMatch(rule.type()::startsWith));
  }

  @ParameterizedTest
  @MethodSource("rulesForSharedClasses")
  void eachRuleForASharedClassNamesTheMeasuredLibrary(Rule rule) {
    assertThat(rule.user()).isNotNull();
  }

  @Test
  void aSharedClassIsNotWovenWhereTheMeasuredLibraryIsMissing() throws IOException {
    assertThat(woven("com.example.NotHere")).isNull();
    assertThat(woven(SharedLibrariesTest.class.getName())).isNotNull();
  }

  private static byte[] woven(String user) throws IOException {
    SiteTable table = new SiteTable(List.of());
    Rule rule = Rule.forClass(Shared.class.getName(), named("run")).usedBy(user);
    table.add(Weaving.module(() -> (SiteHandler) null, rule));
    String name = Shared.class.getName().replace('.', '/');
    try (InputStream in = Shared.class.getResourceAsStream("/" + name + ".class")) {
      return new SiteWeaver(table, Weaving::telemetry)
          .weave(null, Shared.class.getClassLoader(), name, in.readAllBytes(), List.of());
    }
  }
}
