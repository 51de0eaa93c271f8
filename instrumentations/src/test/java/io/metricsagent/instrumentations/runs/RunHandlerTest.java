package io.metricsagent.instrumentations.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunContexts;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmFluxHandler;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The methods that begin runs, and what belongs to a run. */
class RunHandlerTest {
  private final Heard heard = new Heard();
  private final Woven service = service(false);
  private final Woven model =
      Woven.with(new LlmCallHandler(new Chats("openai", "gpt"), heard.telemetry()));
  private final Woven tool = Woven.with(new ToolCallHandler(new Tools(), heard.telemetry()));

  private Woven service(boolean deferred) {
    return Woven.with(
        new RunHandler(
            new RunDecoder() {
              @Override
              public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
                return (String) self;
              }

              @Override
              public boolean isDeferred(Object self, Object arg0, Object arg1, Object arg2) {
                return deferred;
              }
            },
            heard.telemetry()));
  }

  /**
   * A method that returns an object that begins runs, whose library has ids and passes one along.
   */
  private Woven later(Object passedAlong) {
    return Woven.with(
        new RunHandler(
            new RunDecoder() {
              @Override
              public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
                return (String) self;
              }

              @Override
              public boolean isDeferred(Object self, Object arg0, Object arg1, Object arg2) {
                return true;
              }

              @Override
              public String id(Object self, Object arg0, Object arg1, Object arg2) {
                return "invocation-7";
              }

              @Override
              public Object passedAlong(Object self, Object arg0, Object arg1, Object arg2) {
                return passedAlong;
              }
            },
            heard.telemetry()));
  }

  private Object ask() {
    return model.call(args -> "answer", "model", "request");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
    assertThat(FrameStack.current().run()).isNull();
  }

  @Test
  void whatHappensWithinTheMethodBelongsToTheRun() {
    service.call(
        args -> {
          tool.call(more -> "done", "executor", "search");
          return ask();
        },
        "Assistant.chat");

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.RUN_BEGAN,
            EventKind.TOOL_BEGAN,
            EventKind.TOOL_ENDED,
            EventKind.REQUEST_BEGAN,
            EventKind.REQUEST_ENDED,
            EventKind.RUN_ENDED);
    assertThat(heard.events()).allMatch(e -> e.run().scenario().equals("Assistant.chat"));
    Heard.Event ended = heard.only(EventKind.RUN_ENDED);
    assertThat(ended.failed()).isFalse();
    assertThat(ended.firstPieceNanos()).isBetween(0L, ended.durationNanos());
  }

  @Test
  void onlyTheOutermostMethodIsARun() {
    service.call(args -> service.call(more -> ask(), "Inner.chat"), "Outer.chat");

    assertThat(heard.only(EventKind.RUN_BEGAN).run().scenario()).isEqualTo("Outer.chat");
    assertThat(heard.only(EventKind.REQUEST_ENDED).run().scenario()).isEqualTo("Outer.chat");
  }

  /** A tool of another program may be an AI service. */
  @Test
  void aToolOutsideOfAllRunsMayBeginOne() {
    tool.call(args -> service.call(more -> ask(), "Inner.chat"), "executor", "search");

    assertThat(heard.only(EventKind.REQUEST_ENDED).run().scenario()).isEqualTo("Inner.chat");
    assertThat(heard.only(EventKind.TOOL_ENDED).run().isProcess()).isTrue();
  }

  /** If the frame of a run came between two layers of a request, both layers would count. */
  @Test
  void aServiceWithinARequestIsALayerOfTheRequest() {
    model.call(args -> service.call(more -> ask(), "Inner.chat"), "router", "request");

    assertThat(heard.recorded().requests()).isEqualTo(1);
    assertThat(heard.only(EventKind.RUN_BEGAN).run().isProcess()).isTrue();
  }

  @Test
  void aMethodThatThrowsIsARunThatFailed() {
    IllegalStateException failure = new IllegalStateException();
    assertThatThrownBy(
            () ->
                service.call(
                    args -> {
                      throw failure;
                    },
                    "Assistant.chat"))
        .isSameAs(failure);

    Heard.Event ended = heard.only(EventKind.RUN_ENDED);
    assertThat(ended.failed()).isTrue();
    assertThat(ended.errorType()).isEqualTo(IllegalStateException.class.getName());
    assertThat(ended.thrown()).isSameAs(failure);
  }

  @Test
  void aRunEndsWithItsFutureBeforeTheApplicationGoesOn() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    AtomicReference<Integer> before = new AtomicReference<>();
    CompletableFuture<?> got = (CompletableFuture<?>) service.call(args -> answer, "A.chat");
    got.thenRun(() -> before.set(heard.all(EventKind.RUN_ENDED).size()));
    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();
    answer.complete("answer");

    assertThat(before.get()).isEqualTo(1);
    assertThat(heard.only(EventKind.RUN_ENDED).failed()).isFalse();
  }

  @Test
  void aFutureThatIsCancelledIsARunThatIsCancelled() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    service.call(args -> answer, "A.chat");
    answer.completeExceptionally(new CancellationException());

    assertThat(heard.only(EventKind.RUN_ENDED).cancelled()).isTrue();
    assertThat(heard.only(EventKind.RUN_ENDED).failed()).isFalse();
  }

  @Test
  void eachSubscriptionOfAColdPublisherIsARun() {
    Object answer = service(true).call(args -> Fluxes.of("a", "b"), "A.stream");
    assertThat(heard.all(EventKind.RUN_BEGAN)).isEmpty();
    Fluxes.read(answer);
    Fluxes.read(answer);

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.RUN_BEGAN, EventKind.RUN_ENDED, EventKind.RUN_BEGAN, EventKind.RUN_ENDED);
  }

  /** Nobody asks a model before somebody subscribes, so there is nothing to tell of. */
  @Test
  void aPublisherThatNobodySubscribesToIsNoRun() {
    Object invocation = new Object();
    later(invocation).call(args -> Fluxes.of("a"), "Live.chat");

    assertThat(heard.all(EventKind.RUN_BEGAN)).isEmpty();
    assertThat(RunContexts.get(invocation)).isNull();
  }

  @Test
  void eachSubscriptionHasTheObjectThatIsPassedAlong() {
    Object invocation = new Object();
    Object pieces = later(invocation).call(args -> Fluxes.of("a"), "Live.chat");
    Fluxes.read(pieces);
    Run first = RunContexts.get(invocation);
    Fluxes.read(pieces);

    assertThat(first.id()).isEqualTo("invocation-7");
    assertThat(RunContexts.get(invocation)).isNotSameAs(first);
    assertThat(RunContexts.get(invocation).id()).isNotEqualTo("invocation-7");
    assertThat(heard.all(EventKind.RUN_ENDED)).hasSize(2);
  }

  /** An agent may return a stream that goes on with what it has begun. */
  @Test
  void aRunGoesOnWithAResultThatSaysSo() {
    Run[] begun = new Run[1];
    Woven agent =
        Woven.with(
            new RunHandler(
                new RunDecoder() {
                  @Override
                  public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
                    return (String) self;
                  }

                  @Override
                  public boolean goesOn(Object result, Run run) {
                    begun[0] = run;
                    return result.equals("stream");
                  }
                },
                heard.telemetry()));
    agent.call(args -> "stream", "Library.read");
    assertThat(heard.only(EventKind.RUN_BEGAN).run()).isSameAs(begun[0]);
    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();

    agent.call(args -> "text", "Desk.handle");
    assertThat(heard.only(EventKind.RUN_ENDED).run()).isSameAs(begun[0]);
  }

  @Test
  void aPublisherThatFailsOrIsCancelledIsSuchARun() {
    Woven streaming = service(true);
    Fluxes.read(
        streaming.call(args -> Fluxes.failed(new IllegalStateException(), "a"), "A.stream"));
    Fluxes.cancel(streaming.call(args -> Fluxes.of("a"), "A.stream"));

    assertThat(heard.all(EventKind.RUN_ENDED))
        .extracting(Heard.Event::errorType)
        .containsExactly(IllegalStateException.class.getName(), Run.CANCELLED);
  }

  /** A model's publisher, to which the service's subscriber subscribes. */
  @Test
  void aUniEndsItsRunWithItsItemItsFailureOrItsCancellation() {
    List<UniEmitter<? super Object>> open = new ArrayList<>();
    Cancellable last = null;
    for (int i = 0; i < 3; i++) {
      Object uni = service.call(args -> Uni.createFrom().emitter(open::add), "Job.run");
      last = ((Uni<?>) uni).subscribe().with(item -> {}, error -> {});
    }
    assertThat(heard.all(EventKind.RUN_BEGAN)).hasSize(3);
    assertThat(heard.all(EventKind.RUN_ENDED)).isEmpty();

    open.get(0).complete("answer");
    open.get(1).fail(new IllegalStateException());
    last.cancel();
    assertThat(heard.all(EventKind.RUN_ENDED))
        .extracting(Heard.Event::errorType)
        .containsExactly(null, IllegalStateException.class.getName(), Run.CANCELLED);
  }

  @Test
  void requestsOfAPublisherBelongToItsRun() {
    Woven streamingModel =
        Woven.with(
            new LlmFluxHandler(
                new Chats("openai", "gpt"),
                (piece, stream) -> stream.content(),
                heard.telemetry()));
    Object answer =
        service(true)
            .call(
                args -> streamingModel.call(more -> Fluxes.of("a", "b"), "model", "request"),
                "A.stream");
    Fluxes.read(answer);

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.RUN_BEGAN,
            EventKind.REQUEST_BEGAN,
            EventKind.FIRST_PIECE,
            EventKind.OUTPUT,
            EventKind.REQUEST_ENDED,
            EventKind.RUN_ENDED);
    assertThat(heard.events()).allMatch(e -> e.run().scenario().equals("A.stream"));
  }

  @Test
  void aPublisherOfAMethodThatHasBegunTheRunGoesOnWithIt() {
    Object answer = service.call(args -> Fluxes.of("a"), "Job.run");
    assertThat(heard.kinds()).containsExactly(EventKind.RUN_BEGAN);
    Fluxes.read(answer);
    assertThat(heard.kinds()).containsExactly(EventKind.RUN_BEGAN, EventKind.RUN_ENDED);
    Fluxes.read(answer);

    assertThat(heard.kinds()).hasSize(4);
  }

  /** The application has got the publisher outside, and uses it in a step of another run. */
  @Test
  void aRunThatHasBegunEndsAlsoIfItsPublisherIsReadWithinAnotherRun() {
    Object answer = service.call(args -> Fluxes.of("a"), "Job.run");
    service.call(
        args -> {
          Fluxes.read(answer);
          return null;
        },
        "Other.run");

    assertThat(heard.all(EventKind.RUN_ENDED))
        .extracting(ended -> ended.run().scenario())
        .containsExactly("Job.run", "Other.run");
  }

  @Test
  void aToolOnAnotherThreadFindsItsRunByWhatTheLibraryPassesAlong() throws InterruptedException {
    Object context = new Object();
    service.call(
        args -> {
          RunContexts.put(context, FrameStack.current().run());
          Thread thread =
              new Thread(() -> tool.call(more -> "done", "executor", "search", context));
          thread.start();
          join(thread);
          return null;
        },
        "A.chat");

    assertThat(heard.only(EventKind.TOOL_ENDED).run().scenario()).isEqualTo("A.chat");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingIsARunWhileNobodyListens() {
    Recorded off = new Recorded();
    RunHandler handler = new RunHandler((self, arg0, arg1, arg2) -> "A.chat", off.telemetry());

    assertThat(handler.enter("service", null, null, null)).isNull();
  }
}
