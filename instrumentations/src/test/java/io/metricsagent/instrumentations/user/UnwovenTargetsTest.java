package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.rules.weaving.SiteWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the report of classes that the settings name and that were never measured. */
class UnwovenTargetsTest {
  /** An interface without code. */
  interface Api {
    String apply(String prompt);
  }

  /** A class with code. */
  static final class Implementation implements Api {
    @Override
    public String apply(String prompt) {
      return prompt;
    }
  }

  /** A class whose method has no Java code. */
  static final class Native {
    native String apply(String prompt);
  }

  private static final String HERE = UnwovenTargetsTest.class.getName();

  private final SiteTable table = new SiteTable(List.of());

  @Test
  void reportsAClassThatWasNeverLoaded() {
    include("com.acme.Typo[complete]");

    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("metrics.agent.tools.include: no class or interface com.acme.Typo was loaded");
  }

  @Test
  void reportsAnInterfaceWithoutImplementation() throws IOException {
    include(HERE + "$Api[apply]");
    load(Api.class, List.of());

    assertThat(lines())
        .singleElement()
        .asString()
        .contains("$Api.apply is abstract, and no subtype")
        .endsWith("; a lambda cannot be measured, write a class");
  }

  @Test
  void reportsANativeMethod() throws IOException {
    include(HERE + "$Native[apply]");
    load(Native.class, List.of());

    assertThat(lines()).singleElement().asString().contains("$Native.apply is native");
  }

  @Test
  void reportsNothingForAMeasuredClass() throws IOException {
    include(HERE + "$Api[apply]");
    load(Api.class, List.of());

    assertThat(load(Implementation.class, List.of(internalName(Api.class)))).isNotNull();
    assertThat(lines()).isEmpty();
  }

  @Test
  void acceptsANestedClassWrittenAsInSource() throws IOException {
    include(HERE + ".Implementation[apply]");

    assertThat(load(Implementation.class, List.of())).isNotNull();
    assertThat(lines()).isEmpty();
  }

  private void include(String text) {
    UserModule.Builder builder = new UserModule.Builder();
    assertThat(builder.include(TargetKind.TOOL, text)).isEmpty();
    table.add(builder.build());
  }

  private byte[] load(Class<?> type, List<String> above) throws IOException {
    RegistrySettings settings =
        new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test");
    Telemetry telemetry = new Telemetry(new Registry(settings, Clock.systemUTC(), () -> {}));
    try (InputStream in = type.getResourceAsStream("/" + internalName(type) + ".class")) {
      return new SiteWeaver(table, () -> telemetry)
          .weave(null, type.getClassLoader(), internalName(type), in.readAllBytes(), above);
    }
  }

  private List<String> lines() {
    return UnwovenTargets.lines(table.sites());
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
