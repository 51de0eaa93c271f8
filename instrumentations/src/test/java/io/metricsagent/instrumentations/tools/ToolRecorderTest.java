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
    recorder.end("search", 10, false, new IllegalStateException());
    recorder.end("search", null, 20, false, new IllegalStateException());

    ToolSnapshot search = recorded.tool();
    assertThat(search.toolName()).isEqualTo("search");
    assertThat(search.successCount()).isEqualTo(2);
    assertThat(search.errorCodes()).isEmpty();
    assertThat(search.latency().sumNanos()).isEqualTo(30);
  }

  @Test
  void severalToolsOfOneHandlerAreToldApart() {
    for (String tool : new String[] {"search", "add", "search", "add", "add"}) {
      recorder.end(tool, 10, false, null);
    }

    assertThat(recorded.tools())
        .extracting(ToolSnapshot::toolName, ToolSnapshot::successCount)
        .containsExactlyInAnyOrder(tuple("search", 2L), tuple("add", 3L));
  }

  @Test
  void aCallThatFailedHasTheCodeOfItsFailure() {
    recorder.end("search", 10, true, new IllegalStateException());
    recorder.end("search", null, 20, true, new IllegalStateException());

    assertThat(recorded.tool().failureCount()).isEqualTo(2);
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 2L));
  }

  @Test
  void aFailureOfNoKnownKindHasTheCodeForThat() {
    recorder.end("search", 10, true, null);

    assertThat(recorded.tool().failureCount()).isEqualTo(1);
    assertThat(recorded.tool().failed()).containsOnlyKeys(ToolSnapshot.NO_CODE);
  }

  /** Names that a model invents must not become series. */
  @Test
  void aFailureCountsUnderTheNameThatTheDecoderSays() {
    recorder.end("invented", 10, true, new IllegalArgumentException());

    assertThat(recorded.tool().toolName()).isEqualTo("unknown");
  }
}
