package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReadProgressTest {
  private final StringWriter text = new StringWriter();
  private final ReadProgress progress = new ReadProgress(new PrintWriter(text));

  @Test
  void aSmallFileShowsNothing() {
    progress.accept(ReadProgress.QUIET - 1);
    progress.clear();
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void aLargeFileHasOneLineThatIsRemoved() {
    progress.accept(20_000_000);
    progress.accept(20_000_001);
    progress.accept(140_000_000);
    assertThat(text.toString()).isEqualTo("\rreading: 20 MB\rreading: 140 MB");
    progress.clear();
    assertThat(text.toString())
        .endsWith("140 MB\r" + " ".repeat("reading: 140 MB".length()) + "\r");
  }
}
