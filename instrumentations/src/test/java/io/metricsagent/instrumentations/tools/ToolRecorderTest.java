package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Tools;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tool calls that ended. */
class ToolRecorderTest {
  private final Recorded recorded = new Recorded();
  private final ToolRecorder recorder =
      new ToolRecorder(
          new Tools() {
            @Override
            public String countedAs(String name, Throwable error) {
              return error instanceof IllegalArgumentException ? "unknown" : name;
            }
          },
          recorded.telemetry());

  @Test
  void aCallThatSucceededHasNoCodeWhateverFailedWithin() {
    recorder.end(null, "search", 10, false, new IllegalStateException(), null);
    recorder.end(null, 0, "search", null, 20, false, new IllegalStateException(), null);

    ToolSnapshot search = recorded.tool();
    assertThat(search.toolName()).isEqualTo("search");
    assertThat(search.successCount()).isEqualTo(2);
    assertThat(search.errorCodes()).isEmpty();
    assertThat(search.latency().sumNanos()).isEqualTo(30);
  }

  @Test
  void severalToolsOfOneHandlerAreToldApart() {
    for (String tool : new String[] {"search", "add", "search", "add", "add"}) {
      recorder.end(null, tool, 10, false, null, null);
    }

    assertThat(recorded.tools())
        .extracting(ToolSnapshot::toolName, ToolSnapshot::successCount)
        .containsExactlyInAnyOrder(tuple("search", 2L), tuple("add", 3L));
  }

  @Test
  void aCallThatFailedHasTheCodeOfItsFailure() {
    recorder.end(null, "search", 10, true, new IllegalStateException(), null);
    recorder.end(null, 0, "search", null, 20, true, new IllegalStateException(), null);

    assertThat(recorded.tool().failureCount()).isEqualTo(2);
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 2L));
  }

  @Test
  void aFailureOfNoKnownKindHasTheCodeForThat() {
    recorder.end(null, "search", 10, true, null, null);

    assertThat(recorded.tool().failureCount()).isEqualTo(1);
    assertThat(recorded.tool().failed()).containsOnlyKeys(ToolSnapshot.NO_CODE);
  }

  /** Names that a model invents must not become series. */
  @Test
  void aFailureCountsUnderTheNameThatTheDecoderSays() {
    recorder.end(null, "invented", 10, true, new IllegalArgumentException(), null);

    assertThat(recorded.tool().toolName()).isEqualTo("unknown");
  }
}
