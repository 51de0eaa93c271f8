package io.metricsagent.instrumentations.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs whose answers go to callbacks. */
class StreamedRunsTest {
  private final Heard heard = new Heard();
  private final StreamedRuns runs = new StreamedRuns(heard.telemetry());
  private final Woven start = Woven.with(runs.start(stream -> stream + ".chat"));
  private final Woven round = Woven.with(runs.round());
  private final Woven error = Woven.with(runs.error());
  private final Woven model =
      Woven.with(new LlmCallHandler(new Chats("openai", "gpt"), heard.telemetry()));

  private Run begin() {
    Run[] run = new Run[1];
    start.call(
        args -> {
          run[0] = FrameStack.current().run();
          return null;
        },
        "Live");
    return run[0];
  }

  /** Runs a task as a callback of the run's stream does, on the thread of the client. */
  private static void within(Run run, Runnable task) {
    Run before = FrameStack.current().adopt(run);
    task.run();
    FrameStack.current().adopt(before);
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
    assertThat(FrameStack.current().run()).isNull();
  }

  @Test
  void endsWithTheFirstRoundThatMakesNoFurtherRequest() {
    Run run = begin();
    within(
        run,
        () ->
            round.call(
                args -> model.call(more -> "answer", "model", "request"), "callback", "tools"));
    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();
    within(run, () -> round.call(args -> null, "callback", "answer"));

    assertThat(heard.only(EventKind.RUN_ENDED).run()).isSameAs(run);
    assertThat(run.scenario()).isEqualTo("Live.chat");
    assertThat(heard.only(EventKind.RUN_ENDED).failed()).isFalse();
  }

  @Test
  void endsWithAnError() {
    Run run = begin();
    within(run, () -> error.call(args -> null, "callback", new IllegalStateException()));

    assertThat(heard.only(EventKind.RUN_ENDED).errorType())
        .isEqualTo(IllegalStateException.class.getName());
  }

  @Test
  void endsIfItCannotBegin() {
    assertThatThrownBy(
            () ->
                start.call(
                    args -> {
                      throw new IllegalArgumentException();
                    },
                    "Live"))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(heard.only(EventKind.RUN_ENDED).failed()).isTrue();
  }

  @Test
  void endsWhenItsStreamIsCancelled() {
    Run run = begin();
    StreamedRuns.cancelled(heard.stream(), run);
    within(run, () -> round.call(args -> null, "callback", "too late"));

    assertThat(heard.only(EventKind.RUN_ENDED).cancelled()).isTrue();
  }

  /** A blocking run may use a streaming service within a tool. */
  @Test
  void aRunOfAnotherKindGoesOnWhenAStreamInItEnds() {
    Run blocking = heard.stream().newRun("Assistant.chat", null);
    within(
        blocking,
        () -> {
          start.call(args -> null, "Live");
          round.call(args -> null, "callback", "answer");
        });
    StreamedRuns.cancelled(heard.stream(), blocking);

    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();
    assertThat(heard.all(EventKind.RUN_BEGAN)).isEmpty();
  }
}
