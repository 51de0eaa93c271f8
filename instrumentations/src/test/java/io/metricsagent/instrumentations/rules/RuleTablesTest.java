package io.metricsagent.instrumentations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of all libraries. */
class RuleTablesTest {
  static Stream<InstrumentationModule> modules() {
    return ServiceLoader.load(InstrumentationModule.class).stream().map(Provider::get);
  }

  private final Telemetry telemetry =
      new Telemetry(
          new Registry(
              new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test"),
              Clock.systemUTC(),
              () -> {}));

  @ParameterizedTest
  @MethodSource("modules")
  void namesEachRowOnce(InstrumentationModule module) {
    assertThat(module.rows()).extracting(Row::id).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void hasRulesInEachRow(InstrumentationModule module) {
    assertThat(module.rows()).allSatisfy(row -> assertThat(row.rules()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void weavesNoMethodTwiceForOneRow(InstrumentationModule module) {
    for (Row<?> row : module.rows()) {
      Set<String> methods = new HashSet<>();
      for (Rule rule : row.rules()) {
        for (MethodTarget method : rule.methods()) {
          assertThat(methods.add(rule.type() + ' ' + method)).as(row.id() + " " + rule).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void makesAHandlerForEachRule(InstrumentationModule module) {
    List<SiteHandler> handlers = new ArrayList<>();
    for (Row<?> row : module.rows()) {
      for (int i = 0; i < row.rules().size(); i++) {
        handlers.add(module.handler(row, telemetry));
      }
    }
    assertThat(handlers).hasSameSizeAs(module.rules()).doesNotContainNull();
  }

  /** A constant with a body would be a class of its own to load while the application starts. */
  @ParameterizedTest
  @MethodSource("modules")
  void needsNoClassForARow(InstrumentationModule module) {
    assertThat(module.rows())
        .allSatisfy(row -> assertThat(row.getClass()).isEqualTo(declaringClass(row)));
  }

  private static Class<?> declaringClass(Row<?> row) {
    return row instanceof Enum<?> constant ? constant.getDeclaringClass() : null;
  }
}
