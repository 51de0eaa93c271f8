package io.metricsagent.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.startup.WarmUpRun.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of the warm-up. */
class WarmUpReportTest {
  private static WarmUpRun run(double answers, double deoptimisations) {
    return new WarmUpRun(
        0, List.of(new Turn(answers, 1000)), new CompilerWork(10, 20, 30, deoptimisations));
  }

  @Test
  void eachLaunchIsComparedWithThatWithoutAnAgentOfItsRound() {
    Map<Variant, List<WarmUpRun>> all = new EnumMap<>(Variant.class);
    all.put(Variant.NONE, List.of(run(100, -1), run(200, -1)));
    all.put(Variant.WARM, List.of(run(90, -1), run(220, -1)));

    assertThat(WarmUpReport.rows("17", all).lines())
        .satisfiesExactly(
            none -> assertThat(none).startsWith("| 17 | no agent | – | 150 (100–200) | "),
            agent ->
                assertThat(agent)
                    .startsWith(
                        "| 17 | metrics-agent | – | 155 (90–220), 1.00× (0.95–1.05) | 155 (90–220)")
                    .endsWith("| 30 (30–30), 1.00× (1.00–1.00) | – |"));
  }

  @Test
  void theHeaderNamesTheOptionsThatTheRunHad(@TempDir Path folder) {
    assertThat(new WarmUpReport(folder.resolve("page.md"), 3, 24).toString())
        .contains("`java -Dstartup.warmup.launches=3 -Dstartup.warmup.seconds=24 … ")
        .contains("in the first 24 s after its first answer", "of 3 launches in turns");
  }

  @Test
  void oneLaunchHasNoMedianAndNoRange(@TempDir Path folder) {
    Map<Variant, List<WarmUpRun>> all = new EnumMap<>(Variant.class);
    all.put(Variant.NONE, List.of(run(100, -1)));
    all.put(Variant.WARM, List.of(run(90, -1)));

    assertThat(new WarmUpReport(folder.resolve("page.md"), 1, 24).toString())
        .contains("One launch of each; a factor compares it with that without an agent.")
        .doesNotContain("Medians", "1 launches");
    assertThat(WarmUpReport.rows("17", all))
        .contains("| 17 | no agent | – | 100 | ", "| 17 | metrics-agent | – | 90, 0.90× | ")
        .doesNotContain("(");
  }

  @Test
  void onlyTheTextBetweenItsMarksIsReplaced(@TempDir Path folder) throws IOException {
    Path page =
        Files.writeString(folder.resolve("page.md"), "a\n<!-- x -->\nold\n<!-- /x -->\nb\n");
    Marks.replace(page, "x", "new\n");

    assertThat(page).hasContent("a\n<!-- x -->\nnew\n<!-- /x -->\nb\n");
    assertThatThrownBy(() -> Marks.replace(page, "y", "new\n"))
        .isInstanceOf(IOException.class)
        .hasMessage(page + " lacks the marks <!-- y --> and <!-- /y -->");
  }
}
