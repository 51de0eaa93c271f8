package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A method that returns a publisher of a tool's result. */
class ToolPublisherHandlerTest {
  private static final Object ELSEWHERE = new Object();

  /** A context is {@code "pending"} or not. */
  private static final class Published extends Tools {
    private boolean fails;

    @Override
    public boolean isSameTool(Object outerExecutor, String outerName, String name) {
      if (fails) {
        throw new IllegalArgumentException("the agent's own");
      }
      return super.isSameTool(outerExecutor, outerName, name);
    }

    @Override
    public boolean isPending(Object context) {
      return "pending".equals(context);
    }

    @Override
    public boolean goesOn(Object result) {
      return result == ELSEWHERE;
    }
  }

  private final Recorded recorded = new Recorded();
  private final Published tools = new Published();
  private final Woven tool = Woven.with(new ToolPublisherHandler(tools, recorded.telemetry()));

  private Object run(Object publisher) {
    return tool.call(args -> publisher, "executor", "search");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void countsACallWhenItsResultArrives() {
    Object result = run(Fluxes.of("found"));
    assertThat(recorded.tools()).isEmpty();

    Fluxes.read(result);
    assertThat(recorded.tool().successCount()).isEqualTo(1);
    assertThat(recorded.tool().latency().count()).isEqualTo(1);
  }

  @Test
  void countsACallForEachSubscription() {
    Object result = run(Fluxes.of("found"));
    Fluxes.read(result);
    Fluxes.read(result);

    assertThat(recorded.tool().successCount()).isEqualTo(2);
  }

  @Test
  void mayHaveNoResult() {
    Fluxes.read(run(Fluxes.empty()));

    assertThat(recorded.tool().successCount()).isEqualTo(1);
  }

  @Test
  void failsIfItsPublisherOrItsResultDoes() {
    Fluxes.read(run(Fluxes.failed(new IllegalStateException())));
    Fluxes.read(run(Fluxes.of(Tools.FAILED)));

    assertThat(recorded.tool().failureCount()).isEqualTo(2);
    assertThat(recorded.tool().errorCodes())
        .containsEntry(IllegalStateException.class.getName(), 1L);
  }

  @Test
  void failsWithTheExceptionOfTheMethod() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(
            () ->
                tool.call(
                    args -> {
                      throw thrown;
                    },
                    "executor",
                    "search"))
        .isSameAs(thrown);
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  @Test
  void isCancelledWithItsSubscription() {
    Fluxes.cancel(run(Fluxes.silent(() -> {})));

    assertThat(recorded.tool().errorCodes()).isEqualTo(Map.of(AdapterSnapshot.CANCELLED, 1L));
  }

  @Test
  void isNotCountedWhileItWaitsForConsent() {
    Object result =
        tool.call(args -> Fluxes.of("may I?"), "executor", "search", "arguments", "pending");
    Fluxes.read(result);

    assertThat(recorded.tools()).isEmpty();
  }

  @Test
  void isNotCountedIfTheToolRunsLater() {
    Fluxes.read(run(Fluxes.of(ELSEWHERE)));

    assertThat(recorded.tools()).isEmpty();
  }

  @Test
  void isOneCallInTwoLayers() {
    Object inner = run(Fluxes.of("found"));
    Fluxes.read(run(Flux.from(subscriber -> ((Flux) inner).subscribe(subscriber))));

    assertThat(recorded.tool().callCount()).isEqualTo(1);
  }

  @Test
  void aToolWithoutANameIsNotCounted() {
    Flux<Object> result = Fluxes.of("found");

    assertThat(tool.call(args -> result, "executor", (Object) null)).isSameAs(result);
  }

  @Test
  void aFaultOfTheAgentLeavesTheResultAndTheThread() {
    Object inner = run(Fluxes.of("found"));
    Object outer = run(Flux.from(subscriber -> ((Flux) inner).subscribe(subscriber)));
    tools.fails = true;
    Fluxes.read(outer);

    assertThat(FrameStack.current().top()).isNull();
    assertThat(recorded.tool().callCount()).isEqualTo(1);
  }
}
