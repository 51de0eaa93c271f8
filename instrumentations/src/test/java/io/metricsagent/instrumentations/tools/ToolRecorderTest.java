package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
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

  /** Ends a call of 10 ns on the thread where it began. */
  private void end(String tool, boolean failed, Throwable failure) {
    FrameStack stack = FrameStack.current();
    ToolFrame frame = stack.pushTool(null, tool, null, null);
    recorder.end(frame, tool, 10, failed, failure, null);
    stack.end(frame);
  }

  @Test
  void aCallThatSucceededHasNoCodeWhateverFailedWithin() {
    end("search", false, new IllegalStateException());
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
      end(tool, false, null);
    }

    assertThat(recorded.tools())
        .extracting(ToolSnapshot::toolName, ToolSnapshot::successCount)
        .containsExactlyInAnyOrder(tuple("search", 2L), tuple("add", 3L));
  }

  @Test
  void aCallThatFailedHasTheCodeOfItsFailure() {
    end("search", true, new IllegalStateException());
    recorder.end(null, 0, "search", null, 20, true, new IllegalStateException(), null);

    assertThat(recorded.tool().failureCount()).isEqualTo(2);
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 2L));
  }

  @Test
  void aFailureOfNoKnownKindHasTheCodeForThat() {
    end("search", true, null);

    assertThat(recorded.tool().failureCount()).isEqualTo(1);
    assertThat(recorded.tool().failed()).containsOnlyKeys(ToolSnapshot.NO_CODE);
  }

  /** Names that a model invents must not become series. */
  @Test
  void aFailureCountsUnderTheNameThatTheDecoderSays() {
    end("invented", true, new IllegalArgumentException());

    assertThat(recorded.tool().toolName()).isEqualTo("unknown");
  }
}
