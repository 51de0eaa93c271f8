package io.metricsagent.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessArgumentsTest {
  @Test
  void theOneOptionThatNamesTheJar() {
    assertThat(path("java", "-javaagent:/a b/metrics-agent.jar", "-jar", "app.jar"))
        .isEqualTo("/a b/metrics-agent.jar");
    assertThat(path("java", "-Xmx1g", "-javaagent:metrics-agent.jar=exporters=none", "Main"))
        .isEqualTo("metrics-agent.jar");
    assertThat(path("java", "-cp", "x", "-javaagent:/o.jar", "-javaagent:/metrics-agent.jar", "M"))
        .isEqualTo("/metrics-agent.jar");
    assertThat(path("java", "--add-opens", "a/b=c", "-javaagent:/metrics-agent.jar", "-m", "a/M"))
        .isEqualTo("/metrics-agent.jar");
  }

  @Test
  void whatIsForTheApplicationIsNotAnOption() {
    assertThat(path("java", "-jar", "app.jar", "-javaagent:/metrics-agent.jar")).isNull();
    assertThat(path("java", "Main", "-javaagent:/metrics-agent.jar")).isNull();
    assertThat(path("java", "-cp", "-javaagent:/metrics-agent.jar", "Main")).isNull();
  }

  @Test
  void doubtsAreLeftToTheClassLoader() {
    assertThat(path("java", "-javaagent:/a/metrics-agent.jar", "-javaagent:/b/metrics-agent.jar"))
        .isNull();
    assertThat(path("java", "-javaagent:/renamed.jar", "Main")).isNull();
    assertThat(path("java", "@arguments", "Main")).isNull();
    assertThat(ProcessArguments.agentPath("")).isNull();
  }

  private static String path(String... arguments) {
    return ProcessArguments.agentPath(String.join("\0", arguments) + '\0');
  }
}
