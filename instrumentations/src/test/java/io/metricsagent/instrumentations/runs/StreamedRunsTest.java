package io.metricsagent.instrumentations.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunStream;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.Woven;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPaths;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs whose answers go to callbacks. */
class StreamedRunsTest {
  private final Heard heard = new Heard();
  private final StreamedRuns runs = new StreamedRuns(heard.telemetry());
  private final Woven start = Woven.with(runs.start(new Known()));
  private final Woven round = Woven.with(runs.round("tools"::equals));
  private final Woven error = Woven.with(runs.error());
  private final Woven tool =
      Woven.with(new ToolCallHandler(ToolPaths.nameAt("toString()"), heard.telemetry()));

  /** The run of the stream "Begun" has begun already. */
  private Run begun;

  private final class Known implements StreamedRuns.Streams {
    @Override
    public String scenario(Object stream) {
      return stream + ".chat";
    }

    @Override
    public Run begun(Object stream) {
      return "Begun".equals(stream) ? begun : null;
    }
  }

  /** The first request of a stream: what its callback will work for. */
  private record Request(Run run, RunStream stream) {
    static Request here() {
      FrameStack stack = FrameStack.current();
      RunStream stream = stack.stream();
      if (stream != null) {
        stream.requested();
      }
      return new Request(stack.run(), stream);
    }

    /** Runs a task as the callback does, on the thread of the client. */
    void answers(Runnable task) {
      FrameStack stack = FrameStack.current();
      Run before = stack.adopt(run);
      RunStream streamBefore = stack.follow(stream);
      task.run();
      stack.follow(streamBefore);
      stack.adopt(before);
    }
  }

  private Request begin(String stream) {
    Request[] request = new Request[1];
    start.call(
        args -> {
          request[0] = Request.here();
          return null;
        },
        stream);
    return request[0];
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
    assertThat(FrameStack.current().run()).isNull();
    assertThat(FrameStack.current().stream()).isNull();
  }

  @Test
  void endsWithTheFirstRoundThatMakesNoFurtherRequest() {
    Request first = begin("Live");
    first.answers(() -> round.call(args -> Request.here(), "callback", "tools"));
    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();
    first.answers(() -> round.call(args -> null, "callback", "tools"));

    assertThat(heard.only(EventKind.RUN_ENDED).run()).isSameAs(first.run());
    assertThat(first.run().scenario()).isEqualTo("Live.chat");
    assertThat(heard.only(EventKind.RUN_ENDED).failed()).isFalse();
  }

  /** What the application asks a model when it has the last answer is no further round. */
  @Test
  void endsWithAnAnswerThatAsksForNoTools() {
    Request first = begin("Live");
    first.answers(() -> round.call(args -> Request.here(), "callback", "answer"));

    assertThat(heard.only(EventKind.RUN_ENDED).run()).isSameAs(first.run());
  }

  @Test
  void goesOnWithARunThatHasBegun() {
    begun = heard.stream().newRun("Writer.write", null);
    Request first = begin("Begun");
    assertThat(heard.all(EventKind.RUN_BEGAN)).isEmpty();
    first.answers(() -> round.call(args -> null, "callback", "answer"));

    assertThat(heard.only(EventKind.RUN_ENDED).run()).isSameAs(begun);
  }

  @Test
  void endsWithAnError() {
    begin("Live").answers(() -> error.call(args -> null, "callback", new IllegalStateException()));

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
    Request first = begin("Live");
    StreamedRuns.cancelled(heard.stream(), first.stream());
    first.answers(() -> round.call(args -> null, "callback", "too late"));

    assertThat(heard.only(EventKind.RUN_ENDED).cancelled()).isTrue();
  }

  /** A tool of a streamed run may start a stream: neither its end nor its error is the run's. */
  @Test
  void aStreamWithinAStreamedRunEndsNoRun() {
    Request outer = begin("Live");
    Request[] inner = new Request[2];
    outer.answers(
        () ->
            round.call(
                args -> {
                  tool.call(
                      more -> {
                        inner[0] = begin("Inner");
                        inner[1] = begin("Failing");
                        return null;
                      },
                      "executor",
                      "expert");
                  inner[0].answers(() -> round.call(more -> null, "callback", "answer"));
                  inner[1].answers(
                      () -> error.call(more -> null, "callback", new IllegalStateException()));
                  Request.here();
                  return null;
                },
                "callback",
                "tools"));
    assertThat(inner[0].run()).isSameAs(outer.run());
    assertThat(inner[0].stream()).isNull();
    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();
    outer.answers(() -> round.call(args -> null, "callback", "answer"));

    assertThat(heard.only(EventKind.RUN_ENDED).run()).isSameAs(outer.run());
    assertThat(heard.only(EventKind.RUN_ENDED).failed()).isFalse();
    assertThat(heard.all(EventKind.RUN_BEGAN)).hasSize(1);
  }

  /** A stream may be started by the reader of another one, outside of every tool. */
  @Test
  void aStreamThatTheReaderStartsEndsNoRun() {
    Request outer = begin("Live");
    Request[] inner = new Request[1];
    outer.answers(() -> inner[0] = begin("Inner"));
    inner[0].answers(() -> round.call(args -> null, "callback", "answer"));
    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();
    outer.answers(() -> round.call(args -> null, "callback", "answer"));

    assertThat(heard.only(EventKind.RUN_ENDED).run()).isSameAs(outer.run());
  }

  /** What a tool asks a model itself is no round of the stream around it. */
  @Test
  void aRequestOfAToolIsNoRound() {
    Request outer = begin("Live");
    outer.answers(
        () ->
            round.call(
                args ->
                    tool.call(
                        more -> {
                          assertThat(Request.here().stream()).isNull();
                          return null;
                        },
                        "executor",
                        "expert"),
                "callback",
                "tools"));

    assertThat(heard.only(EventKind.RUN_ENDED).run()).isSameAs(outer.run());
  }

  /** A server may run a tool that starts a stream: the run is within the tool. */
  @Test
  void aStreamWithinAToolOutsideOfARunEndsItsOwn() {
    Request[] request = new Request[1];
    tool.call(args -> request[0] = begin("Live"), "executor", "expert");
    request[0].answers(() -> round.call(args -> null, "callback", "answer"));

    assertThat(heard.only(EventKind.RUN_ENDED).run().scenario()).isEqualTo("Live.chat");
  }

  /** A blocking run may use a streaming service within a tool. */
  @Test
  void aRunOfAnotherKindGoesOnWhenAStreamInItEnds() {
    Run blocking = heard.stream().newRun("Assistant.chat", null);
    new Request(blocking, null)
        .answers(() -> begin("Live").answers(() -> round.call(args -> null, "callback", "answer")));

    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();
    assertThat(heard.all(EventKind.RUN_BEGAN)).isEmpty();
  }
}
