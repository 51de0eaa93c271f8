package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In a future version of a library, a class may lack the methods that rules name. Every such rule
 * of every library is counted as skipped, and the class stays as it is.
 */
class VersionDriftTest {
  record Target(InstrumentationModule module, String type) {
    /** Returns the rows that have a rule for the type which some version must fulfil. */
    List<Row<?>> rows() {
      List<Row<?>> rows = new ArrayList<>();
      for (Row<?> row : module.rows()) {
        if (row.rules().stream().anyMatch(rule -> !rule.optional() && rule.type().equals(type))) {
          rows.add(row);
        }
      }
      return rows;
    }

    @Override
    public String toString() {
      return module.name() + " " + type;
    }
  }

  static Stream<Target> targets() {
    return ServiceLoader.load(InstrumentationModule.class).stream()
        .map(Provider::get)
        .flatMap(
            module ->
                module.rules().stream()
                    .filter(rule -> !rule.optional())
                    .map(Rule::type)
                    .distinct()
                    .map(type -> new Target(module, type)));
  }

  /** Switches off the warnings, one for each rule; {@code ShapeIT} tests them. */
  @BeforeAll
  static void beQuiet() {
    AgentLog.level(AgentLog.Level.OFF);
  }

  @AfterAll
  static void beLoud() {
    AgentLog.level(AgentLog.Level.INFO);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aRuleWithoutItsMethodsIsCountedAsSkipped(Target target) {
    SiteTable table = new SiteTable(List.of(target.module.name()));
    table.add(target.module);
    String name = target.type.replace('.', '/');

    byte[] woven =
        Weaver.weave(
            VersionDriftTest.class.getClassLoader(),
            name,
            withoutMethods(name),
            table.sitesOf(name),
            Weaving.telemetry());

    int expected = target.rows().size();
    assertThat(woven).isNull();
    assertThat(table.snapshot())
        .containsExactly(new InstrumentationSnapshot(target.module.name(), 0, expected, 0));
  }

  private static byte[] withoutMethods(String name) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    writer.visitEnd();
    return writer.toByteArray();
  }
}
