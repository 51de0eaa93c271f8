package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tool phase of an answer: from its first tool to the end of its last. */
class ToolLoopHandlerTest {
  private final Recorded recorded = new Recorded();
  private final Woven chat =
      Woven.with(new LlmCallHandler(new Chats("openai", "gpt"), recorded.telemetry()));
  private final Woven tool = Woven.with(new ToolCallHandler(new Tools(), recorded.telemetry()));
  private final Woven loop = Woven.with(ToolLoopHandler.afterAnswer());

  private Object ask(Object answer) {
    return chat.call(args -> answer, "client", "request");
  }

  private Object run() {
    return tool.call(args -> "found", "executor", "search");
  }

  private long phases() {
    return recorded.adapter().toolLatency().count();
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void theToolPhaseCoversAllToolsOfAnAnswer() {
    ask("use them");
    loop.call(
        args -> {
          run();
          return run();
        },
        "service");

    assertThat(phases()).isEqualTo(1);
    assertThat(recorded.tool().callCount()).isEqualTo(2);
  }

  @Test
  void theToolPhaseEndsBeforeTheNextRequest() {
    ask("use them");
    loop.call(
        args -> {
          run();
          ask("once more");
          assertThat(phases()).isEqualTo(1);
          return run();
        },
        "service");

    assertThat(phases()).isEqualTo(2);
  }

  @Test
  void withoutAToolThereIsNoToolPhase() {
    ask("done");
    loop.call(args -> "done", "service");

    assertThat(phases()).isZero();
  }

  @Test
  void outsideOfALoopThereIsNoToolPhase() {
    ask("use them");
    run();

    assertThat(phases()).isZero();
  }

  @Test
  void theToolPhaseOfARoundBelongsToTheRequestThatAskedForTheTools() {
    Object answer = new Object();
    Woven round = Woven.with(ToolLoopHandler.ofRound(of(answer, null), recorded.telemetry()));
    ask(answer);
    round.call(args -> run(), "service");

    assertThat(phases()).isEqualTo(1);
  }

  @Test
  void theToolPhaseBelongsToTheModelIfTheAnswerCameOnAnotherThread() {
    Woven round =
        Woven.with(ToolLoopHandler.ofRound(of(new Object(), "gpt"), recorded.telemetry()));
    ask("another");
    round.call(args -> run(), "service");

    assertThat(phases()).isEqualTo(1);
  }

  @Test
  void aRoundOfAnUnknownRequestHasNoToolPhase() {
    Woven round = Woven.with(ToolLoopHandler.ofRound(of(new Object(), null), recorded.telemetry()));
    ask("another");
    round.call(args -> run(), "service");

    assertThat(phases()).isZero();
  }

  private static ToolLoopHandler.Round of(Object answer, String model) {
    return new ToolLoopHandler.Round() {
      @Override
      public Object answer(Object arg0, Object arg1, Object arg2) {
        return answer;
      }

      @Override
      public String model(Object self, Object arg0) {
        return model;
      }
    };
  }

  /** Tools that a publisher runs, on whatever threads. */
  @Test
  void theToolPhaseOfAPublisherLastsFromSubscriptionToEndAndCountsOnce() {
    ask("use them");
    Fluxes.read(published(2, 0).call(args -> Fluxes.of("results", "more"), "flow", "context"));
    assertThat(phases()).isEqualTo(1);

    Fluxes.cancel(published(2, 0).call(args -> Fluxes.silent(() -> {}), "flow", "context"));
    assertThat(phases()).isEqualTo(2);
  }

  @Test
  void aPublisherWithoutAnExistingToolHasNoToolPhase() {
    ask("use them");
    Object results = Fluxes.of("no such tool");

    assertThat(published(2, 2).call(args -> results, "flow", "context")).isSameAs(results);
    assertThat(phases()).isZero();
    assertThat(recorded.tool().toolName()).isEqualTo(ServedTools.UNKNOWN_TOOL);
    assertThat(recorded.tool().failureCount()).isEqualTo(2);
  }

  private Woven published(int asked, int unknown) {
    return Woven.with(
        new ToolRoundHandler(
            new ToolRoundHandler.Round() {
              @Override
              public String model(Object context) {
                return "gpt";
              }

              @Override
              public int asked(Object answer) {
                return asked;
              }

              @Override
              public int unknown(Object answer, Object tools) {
                return unknown;
              }
            },
            recorded.telemetry()));
  }
}
