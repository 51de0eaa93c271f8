package io.metricsagent.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Making the sinks is part of an application's start; their libraries must wait. */
class LazyLoadingTest {
  @Test
  void makingEverySinkLoadsNoLibraryAndStartsNoThread() throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:off",
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                SinksMain.class.getName())
            .redirectErrorStream(true)
            .start();
    String log = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(log).contains("made every sink with 0 more threads");
    assertThat(log.lines())
        .noneMatch(
            line ->
                line.contains("io.opentelemetry.")
                    || line.contains("tools.jackson.")
                    || line.contains("org.HdrHistogram.")
                    || line.contains("org.apache.hc."));
  }
}
