package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.otlp.ExportException.Fate;
import org.junit.jupiter.api.Test;

class SignalTest {
  @Test
  void metricsAreKeptWhateverHappens() {
    for (Fate fate : Fate.values()) {
      assertThat(Signal.METRICS.consequence(fate))
          .isEqualTo("; what was recorded is kept for the next export");
    }
  }

  @Test
  void recordsAreKeptUnlessTheyAreRefused() {
    assertThat(Signal.LOGS.consequence(Fate.KEPT)).contains("kept and sent again");
    assertThat(Signal.LOGS.consequence(Fate.TAKEN)).contains("kept and sent again");
    assertThat(Signal.LOGS.consequence(Fate.REFUSED))
        .contains("records of this request are dropped");
  }

  @Test
  void onlyTheSinkKnowsWhichRecordsAreDroppedOfARequestThatIsHalved() {
    assertThat(Signal.LOGS.consequence(Fate.INVALID)).isEmpty();
  }
}
