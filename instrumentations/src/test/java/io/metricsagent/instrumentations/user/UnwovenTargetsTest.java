package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.rules.weaving.SiteWeaver;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
  private long now = 1_000_000;
  private final UnwovenTargets targets = new UnwovenTargets(table, () -> now);

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
  void aMethodThatAClassLacksIsToldWithItsPlaceAndAsInSource() {
    TargetType type =
        new TargetType(new Origin("rules.yaml", 3, 5), HERE + "$Implementation", true);
    MethodTarget method = MethodTarget.withParameters("apply", "List", "int[]");
    ToolRule rule = new ToolRule(type, List.of(method), null, null, null, Map.of());
    UserModule.Builder builder = new UserModule.Builder();
    builder.add(new UserRules(List.of(), List.of(rule), List.of(), List.of()));
    table.add(builder.build());

    assertThat(
            printed(
                () -> {
                  try {
                    load(Implementation.class, List.of());
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }))
        .contains(
            "rules.yaml:3:5: rule user/tool:"
                + HERE
                + "$Implementation.apply(List, int[]) is off: "
                + HERE
                + "$Implementation has no method apply(List, int[]); it has apply with other"
                + " parameters, whose types have full names, as in java.util.List");
  }

  @Test
  void acceptsANestedClassWrittenAsInSource() throws IOException {
    include(HERE + ".Implementation[apply]");

    assertThat(load(Implementation.class, List.of())).isNotNull();
    assertThat(lines()).isEmpty();
  }

  @Test
  void reportsAClassThatIsNotLoadedWithinFiveMinutesOnceInAll() {
    include("com.acme.Typo[complete]");

    assertThat(after(0)).isEmpty();
    assertThat(after(299)).isEmpty();
    assertThat(after(1))
        .contains("com.acme.Typo was loaded within 5 minutes, so nothing of it was measured");
    assertThat(after(1000)).isEmpty();
    assertThat(printed(targets::report)).isEmpty();
  }

  @Test
  void reportsAtTheEndWhatWasNotInForceForFiveMinutes() {
    include("com.acme.Typo[complete]");

    assertThat(after(0)).isEmpty();
    assertThat(printed(targets::report)).contains("com.acme.Typo was loaded, so");
  }

  @Test
  void reportsAnInterfaceWithoutImplementationAtTheEndOnly() throws IOException {
    include(HERE + "$Api[apply]");
    load(Api.class, List.of());

    assertThat(after(0)).isEmpty();
    assertThat(after(300)).isEmpty();
    assertThat(printed(targets::report)).contains("$Api.apply is abstract");
  }

  @Test
  void countsTheMinutesOfARuleFromWhenItIsInForce() {
    after(0);
    after(300);
    include("com.acme.Typo[complete]");

    assertThat(after(0)).isEmpty();
    assertThat(after(299)).isEmpty();
    assertThat(after(1)).contains("com.acme.Typo");
  }

  @Test
  void saysNothingOfARuleThatIsGone() {
    include("com.acme.Typo[complete]");
    after(0);
    table.replace(new UserModule.Builder().build());

    assertThat(after(300)).isEmpty();
    assertThat(printed(targets::report)).isEmpty();
  }

  /** Lets seconds pass and returns what the next look prints. */
  private String after(long seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
    return printed(targets::look);
  }

  private static String printed(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return lines.toString(StandardCharsets.UTF_8);
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
    return UnwovenTargets.lines(table.sites(), Set.of());
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
