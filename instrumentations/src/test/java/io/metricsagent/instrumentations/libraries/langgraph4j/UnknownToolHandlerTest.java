package io.metricsagent.instrumentations.libraries.langgraph4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import io.metricsagent.instrumentations.tools.ServedTools;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tools that LangGraph4j's service does not find. */
class UnknownToolHandlerTest {
  private final Recorded recorded = new Recorded();
  private final Woven service = Woven.with(new UnknownToolHandler(recorded.telemetry()));

  @Test
  void aToolThatDoesNotExistIsAFailedCall() {
    Object answer = service.call(args -> Optional.empty(), "service", "request");

    assertThat(answer).isEqualTo(Optional.empty());
    assertThat(recorded.tool().toolName()).isEqualTo(ServedTools.UNKNOWN_TOOL);
    assertThat(recorded.tool().errorCodes()).isEqualTo(Map.of(ServedTools.NO_SUCH_TOOL, 1L));
  }

  @Test
  void aToolThatExistsIsLeftToTheLibraryBelow() {
    service.call(args -> Optional.of("answer"), "service", "request");

    assertThat(recorded.telemetry().registry().snapshot().tools()).isEmpty();
  }

  @Test
  void aServiceThatThrowsSaysNothingOfATool() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(
            () ->
                service.call(
                    args -> {
                      throw thrown;
                    },
                    "service",
                    "request"))
        .isSameAs(thrown);
    assertThat(recorded.telemetry().registry().snapshot().tools()).isEmpty();
  }
}
