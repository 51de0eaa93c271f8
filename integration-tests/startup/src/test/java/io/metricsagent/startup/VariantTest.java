package io.metricsagent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VariantTest {
  private static final Jars JARS =
      new Jars(Path.of("/m.jar"), Path.of("/empty.jar"), Path.of("/otel.jar"), "2");
  private static final Jdk JDK_17 = new Jdk(17, "17.0.15", Path.of("/17"));
  private static final Jdk JDK_25 = new Jdk(25, "25.0.3", Path.of("/25"));
  private static final Path FOLDER = Path.of("/run");

  @Test
  void withoutAnArchiveOnlyTheAgentIsAdded() {
    assertThat(Variant.NONE.options(JDK_17, JARS, FOLDER)).containsExactly("-Xmx512m");
    assertThat(Variant.WARM.options(JDK_17, JARS, FOLDER))
        .containsExactly("-Xmx512m", "-javaagent:/m.jar");
    assertThat(Variant.WARM.isTrained()).isFalse();
  }

  @Test
  void appCdsIsTrainedWithoutTheAgent() {
    assertThat(Variant.CDS_METRICS.training(JARS, FOLDER))
        .containsExactly("-Xmx512m", "-XX:ArchiveClassesAtExit=/run/classes.archive");
    assertThat(Variant.CDS_METRICS.options(JDK_17, JARS, FOLDER))
        .containsExactly(
            "-Xmx512m", "-javaagent:/m.jar", "-XX:SharedArchiveFile=/run/classes.archive");
    assertThat(Variant.CDS_METRICS.options(JDK_25, JARS, FOLDER)).contains("-Xlog:cds=off");
    assertThat(Variant.CDS_NONE.options(JDK_25, JARS, FOLDER)).doesNotContain("-Xlog:cds=off");
  }

  @Test
  void anAotCacheIsTrainedWithTheAgent() {
    assertThat(Variant.AOT_METRICS.training(JARS, FOLDER))
        .containsExactly(
            "-Xmx512m", "-javaagent:/m.jar", "-XX:AOTCacheOutput=/run/classes.archive");
    assertThat(Variant.AOT_METRICS.options(JDK_25, JARS, FOLDER))
        .containsExactly("-Xmx512m", "-javaagent:/m.jar", "-XX:AOTCache=/run/classes.archive");
  }

  @Test
  void theJvmCrashesWhereItWritesAnAotCacheWithOpenTelemetrysAgent() {
    assertThat(Variant.AOT_OTEL.training(JARS, FOLDER))
        .contains("-Xbootclasspath/a:/otel.jar", "--add-modules=java.instrument")
        .doesNotContain("-javaagent:/otel.jar");
    assertThat(Variant.AOT_OTEL.options(JDK_25, JARS, FOLDER))
        .contains("-Xbootclasspath/a:/otel.jar", "-javaagent:/otel.jar")
        .doesNotContain("--add-modules=java.instrument");
  }

  @Test
  void onlyANewJdkHasAotCaches() {
    assertThat(Variant.on(JDK_17)).contains(Variant.CDS_OTEL).doesNotContain(Variant.AOT_NONE);
    assertThat(Variant.on(JDK_25)).isEqualTo(List.of(Variant.values()));
  }

  @ParameterizedTest
  @EnumSource
  void eachRowNamesItsArchive(Variant variant) {
    assertThat(variant.isTrained())
        .isEqualTo(variant.title().startsWith("AppCDS, ") || variant.title().startsWith("AOT "));
  }
}
