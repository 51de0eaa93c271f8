package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.LoopFrame;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A method that runs a tool. */
class ToolCallHandlerTest {
  /** Fails where it is told to, and notes when it is asked for a name. */
  private static final class FaultyTools extends Tools {
    private boolean fails;
    private long askedNanos;

    @Override
    public String name(Object executor, Object request) {
      askedNanos = System.nanoTime();
      while (System.nanoTime() == askedNanos) {
        Thread.onSpinWait(); // so that whatever comes later has a later time
      }
      if (fails) {
        throw new IllegalArgumentException("the agent's own");
      }
      return super.name(executor, request);
    }
  }

  private final Recorded recorded = new Recorded();
  private final FaultyTools tools = new FaultyTools();
  private final Woven tool = Woven.with(new ToolCallHandler(tools, recorded.telemetry()));
  private final Woven sent = Woven.with(new ToolAnswerHandler());

  private Object run(String name, Woven.Body body) {
    return tool.call(body, "executor", name);
  }

  private static Woven.Body throwing(RuntimeException thrown) {
    return args -> {
      throw thrown;
    };
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void countsACallThatSucceeds() {
    assertThat(run("search", args -> "found")).isEqualTo("found");

    assertThat(recorded.tool().toolName()).isEqualTo("search");
    assertThat(recorded.tool().successCount()).isEqualTo(1);
    assertThat(recorded.tool().latency().count()).isEqualTo(1);
  }

  @Test
  void beginsBeforeItsNameIsRead() {
    run(
        "search",
        args -> {
          long begin = FrameStack.current().top().startNanos();
          assertThat(begin - tools.askedNanos).isNotPositive();
          return "found";
        });
    assertThat(recorded.tool().successCount()).isEqualTo(1);
  }

  /** A tool phase shorter than the tools in it would be a wrong number. */
  @Test
  void theToolPhaseOfAnAnswerBeginsAndEndsWithItsTool() {
    FrameStack stack = FrameStack.current();
    LoopFrame loop = stack.pushLoop(recorded.registry().adapter("openai", "gpt", "chat"));
    run("search", args -> "found");
    loop.roundEnded();
    stack.end(loop);

    assertThat(recorded.adapter().toolLatency().count()).isEqualTo(1);
    assertThat(recorded.adapter().toolLatency().sumNanos())
        .isEqualTo(recorded.tool().latency().sumNanos());
  }

  @Test
  void failsWithTheExceptionOfTheMethod() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(() -> run("search", throwing(thrown))).isSameAs(thrown);
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  @Test
  void failsIfItsResultSaysSo() {
    run("search", args -> Tools.FAILED);

    assertThat(recorded.tool().failureCount()).isEqualTo(1);
  }

  /** The outer layer turns the exception of the inner layer into text for the model. */
  @Test
  void twoLayersAreOneCallThatFailsIfTheInnerLayerDoes() {
    run(
        "search",
        args -> {
          assertThatThrownBy(() -> run("search", throwing(new IllegalStateException())))
              .isInstanceOf(IllegalStateException.class);
          return "it went wrong";
        });

    assertThat(recorded.tool().callCount()).isEqualTo(1);
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  @Test
  void anotherToolWithinIsACallOfItsOwn() {
    run("search", args -> run("fetch", inner -> "page"));

    assertThat(recorded.tools()).hasSize(2).allMatch(each -> each.successCount() == 1);
  }

  @Test
  void aLayerWithoutANameIsCountedOnlyWithinALayerWithOne() {
    run(null, args -> "nothing");
    assertThat(recorded.tools()).isEmpty();

    run("search", args -> run(null, inner -> "found"));
    assertThat(recorded.tool().callCount()).isEqualTo(1);
  }

  @Test
  void endsWithItsFuture() {
    CompletableFuture<Object> good = new CompletableFuture<>();
    CompletableFuture<Object> bad = new CompletableFuture<>();
    run("search", args -> good);
    run("search", args -> bad);
    assertThat(recorded.tools()).isEmpty();

    good.complete("found");
    bad.completeExceptionally(new IllegalStateException());
    assertThat(recorded.tool().successCount()).isEqualTo(1);
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  /** A client that gives up waiting may return an ordinary result. */
  @Test
  void failsIfTheAnswerThatItWaitsForDoesNotArrive() {
    run(
        "search",
        args -> {
          sent.call(none -> new CompletableFuture<>(), "client");
          return "no answer";
        });
    assertThat(recorded.tool().errorCodes()).isEqualTo(Map.of(Errors.type(Errors.TIMED_OUT), 1L));
  }

  @Test
  void failsIfTheAnswerThatItWaitsForFails() {
    CompletableFuture<Object> lost = new CompletableFuture<>();
    lost.completeExceptionally(new IllegalArgumentException());

    assertThatThrownBy(
            () ->
                run(
                    "search",
                    args -> {
                      sent.call(none -> lost, "client");
                      throw new IllegalStateException("what the library made of it");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalArgumentException.class.getName(), 1L));
  }

  @Test
  void aFaultOfTheAgentLeavesTheResultAndTheThread() {
    tools.fails = true;
    assertThat(run("search", args -> "found")).isEqualTo("found");

    tools.fails = false;
    run("search", args -> "found");
    assertThat(recorded.tool().callCount()).isEqualTo(1);
  }
}
