package io.metricsagent.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveOptionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:ArchiveClassesAtExit=app.jsa",
        "-XX:+AutoCreateSharedArchive",
        "-XX:AOTCacheOutput=app.aot",
        "-XX:AOTMode=record",
        "-XX:AOTMode=create",
        "-Xshare:dump",
        "@options",
        "-XX:Flags=flags.hotspot",
        "-XX:VMOptionsFile=options",
      })
  void anOptionThatMayAskForAnArchive(String option) {
    assertThat(ArchiveOptions.mayBeIn("java\0" + option + "\0-jar\0app.jar\0")).isTrue();
  }

  @Test
  void otherOptionsDoNotAskForAnArchive() {
    assertThat(
            ArchiveOptions.mayBeIn("java\0-javaagent:/opt/metrics-agent.jar\0-jar\0app.jar\0serve"))
        .isFalse();
  }
}
