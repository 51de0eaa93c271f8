package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunsPathTest {
  private static String path(String configured, String specified) {
    Map<String, String> environment =
        specified == null ? Map.of() : Map.of("WORLDFLUX_METRICS_PATH", specified);
    return RunsPath.defaultPath(configured, new File("agent"), environment, "/home/me");
  }

  @Test
  void theSettingWinsOverTheVariableAndTheVariableOverTheFolder() {
    assertThat(path("a.jsonl", "b.jsonl")).isEqualTo("a.jsonl");
    assertThat(path(null, "b.jsonl")).isEqualTo("b.jsonl");
    assertThat(path(null, null)).isEqualTo("agent" + File.separator + "metrics.jsonl");
  }

  @Test
  void blanksAroundAPathAreNoPartOfIt() {
    assertThat(path(" ", " b.jsonl ")).isEqualTo("b.jsonl");
    assertThat(path(null, " \t")).isEqualTo("agent" + File.separator + "metrics.jsonl");
  }

  @Test
  void aTildeIsTheHomeFolder() {
    assertThat(path(null, "~/runs.jsonl")).isEqualTo("/home/me/runs.jsonl");
    assertThat(path("~", null)).isEqualTo("/home/me");
    assertThat(path(null, "~you/x")).isEqualTo("~you/x");
    assertThat(path(null, "a/~/x")).isEqualTo("a/~/x");
  }

  @Test
  void devNullIsNoFile() {
    assertThat(RunsPath.isNoFile("/dev/null")).isTrue();
    assertThat(RunsPath.isNoFile("null")).isFalse();
  }
}
