package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.StreamedContent;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.Woven;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the event stream hears of requests. */
class EventsOfRequestsTest {
  /** An answer with its tokens. */
  public record Answer(Usage usage) {
    /** The tokens. */
    public record Usage(long in, long out, long cached) {}
  }

  private final Heard heard = new Heard();
  private final Chats chats = new Chats("openai", "gpt");
  private final Woven model = Woven.with(new LlmCallHandler(chats, heard.telemetry()));
  private final Woven wire = Woven.with(new AttemptHandler());

  @Test
  void aRequestBeginsAndEndsOnceWhateverItsLayers() {
    model.call(
        args -> model.call(more -> new Answer(new Answer.Usage(7, 5, 0)), "client", "request"),
        "framework",
        "request");

    assertThat(heard.kinds()).containsExactly(EventKind.REQUEST_BEGAN, EventKind.REQUEST_ENDED);
    Heard.Event ended = heard.only(EventKind.REQUEST_ENDED);
    assertThat(ended.what()).isEqualTo("openai/gpt/chat");
    assertThat(ended.inputTokens()).isEqualTo(7);
    assertThat(ended.operation())
        .isPositive()
        .isEqualTo(heard.only(EventKind.REQUEST_BEGAN).operation());
    assertThat(ended.run().isProcess()).isTrue();
    assertThat(ended.firstPieceNanos()).isEqualTo(CallEvent.UNKNOWN);
    assertThat(ended.content()).isNull();
  }

  @Test
  void eachRequestHasANumberOfItsOwn() {
    model.call(args -> "a", "client", "request");
    model.call(args -> "b", "client", "request");

    assertThat(heard.all(EventKind.REQUEST_ENDED))
        .extracting(Heard.Event::operation)
        .doesNotHaveDuplicates();
  }

  @Test
  void attemptsAreToldBetweenTheBeginningAndTheEnd() {
    Throwable limit = Errors.ofType("limit");
    class RateLimitException extends RuntimeException {
      private static final long serialVersionUID = 1;
    }
    model.call(
        args -> {
          assertThatThrownBy(
                  () ->
                      wire.call(
                          more -> {
                            throw new RateLimitException();
                          },
                          "http",
                          "request"))
              .isInstanceOf(RateLimitException.class);
          wire.call(more -> "answer", "http", "request");
          return "answer";
        },
        "client",
        "request");

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.REQUEST_BEGAN,
            EventKind.ATTEMPT_ENDED,
            EventKind.ATTEMPT_ENDED,
            EventKind.REQUEST_ENDED);
    assertThat(heard.all(EventKind.ATTEMPT_ENDED))
        .extracting(Heard.Event::throttled)
        .containsExactly(true, false);
    Heard.Event ended = heard.only(EventKind.REQUEST_ENDED);
    assertThat(ended.throttled()).isTrue();
    assertThat(ended.attempts()).isEqualTo(2);
    assertThat(ended.failed()).isFalse();
    assertThat(limit).isNotNull();
  }

  @Test
  void aStreamTellsItsPieces() {
    Woven streaming =
        Woven.with(
            new LlmFluxHandler(chats, (piece, stream) -> stream.content(), heard.telemetry()));
    Fluxes.read(streaming.call(args -> Fluxes.of("a", "b", "c"), "client", "request"));

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.REQUEST_BEGAN,
            EventKind.FIRST_PIECE,
            EventKind.OUTPUT,
            EventKind.REQUEST_ENDED);
    Heard.Event ended = heard.only(EventKind.REQUEST_ENDED);
    assertThat(ended.pieces()).isEqualTo(3);
    assertThat(heard.only(EventKind.OUTPUT).pieces()).isEqualTo(2);
    assertThat(ended.firstPieceNanos())
        .isEqualTo(heard.only(EventKind.FIRST_PIECE).firstPieceNanos())
        .isBetween(0L, ended.durationNanos());
  }

  @Test
  void aStreamThatIsCancelledHasNotFailed() {
    Woven streaming =
        Woven.with(
            new LlmFluxHandler(chats, (piece, stream) -> stream.content(), heard.telemetry()));
    Fluxes.cancel(streaming.call(args -> Fluxes.of("a"), "client", "request"));

    Heard.Event ended = heard.only(EventKind.REQUEST_ENDED);
    assertThat(ended.cancelled()).isTrue();
    assertThat(ended.failed()).isFalse();
  }

  @Test
  void aFutureEndsItsRequest() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    model.call(args -> answer, "client", "request");
    assertThat(heard.kinds()).isEmpty();
    answer.completeExceptionally(new IllegalStateException());

    assertThat(heard.kinds()).containsExactly(EventKind.REQUEST_BEGAN, EventKind.REQUEST_ENDED);
    assertThat(heard.only(EventKind.REQUEST_ENDED).failed()).isTrue();
  }

  @Test
  void aRequestWithinAnotherThatTurnsOutToBeOneOfItsOwnHasItsOwnEvents() {
    FrameStack stack = FrameStack.current();
    LlmRecorder recorder = new LlmRecorder(chats, heard.telemetry());
    RequestFrame outer = recorder.begin(stack, "router", "request");
    outer.innerOrNew().remember("anthropic", "claude", "chat", new IllegalStateException(), 1, 2);
    outer.anotherBegins();
    recorder.leave(outer);
    stack.end(outer);

    assertThat(heard.kinds()).containsExactly(EventKind.REQUEST_BEGAN, EventKind.REQUEST_ENDED);
    assertThat(heard.only(EventKind.REQUEST_ENDED).what()).isEqualTo("anthropic/claude/chat");
    assertThat(heard.only(EventKind.REQUEST_ENDED).failed()).isTrue();
  }

  @Test
  void theContentIsTheArgumentThatTheDecoderNames() {
    Heard all = new Heard(true);
    Chats second =
        new Chats("openai", "gpt") {
          @Override
          public Object content(Object arg0, Object arg1) {
            return arg1;
          }
        };
    Woven.with(new LlmCallHandler(second, all.telemetry()))
        .call(args -> "answer", "client", "model", "question");

    assertThat(all.only(EventKind.REQUEST_BEGAN).content()).isEqualTo("question");
  }

  @Test
  void contentIsInEventsOnlyIfItIsOn() {
    Heard all = new Heard(true);
    Woven.with(new LlmCallHandler(chats, all.telemetry()))
        .call(args -> "answer", "client", "question");

    assertThat(all.only(EventKind.REQUEST_BEGAN).content()).isEqualTo("question");
    assertThat(all.only(EventKind.REQUEST_ENDED).content()).isEqualTo("answer");
  }

  /** Of an answer in pieces, the pieces are kept; one that repeats the others is not. */
  @Test
  void thePiecesOfAStreamAreContent() {
    Heard all = new Heard(true);
    StreamPieces pieces =
        new StreamPieces() {
          @Override
          public void read(Object piece, OpenStream stream) {
            stream.content();
          }

          @Override
          public boolean repeats(Object piece, OpenStream stream) {
            return stream.hasContent() && piece.equals("ab");
          }
        };
    Woven layer = Woven.with(new LlmLayerHandler(chats, pieces, all.telemetry()));
    Woven stream = Woven.with(new LlmFluxHandler(chats, pieces, all.telemetry()));
    Fluxes.read(layer.call(args -> Fluxes.of("a", "b", "ab"), "model", "request"));
    Fluxes.read(layer.call(args -> Fluxes.of("ab"), "model", "request"));
    Fluxes.read(stream.call(args -> Fluxes.of("a", "b"), "model", "request"));

    assertThat(all.all(EventKind.REQUEST_ENDED))
        .extracting(event -> ((StreamedContent) event.content()).pieces())
        .containsExactly(List.of("a", "b"), List.of("ab"), List.of("a", "b"));
  }

  @Test
  void noPieceIsKeptWhileContentIsOff() {
    Woven stream =
        Woven.with(new LlmFluxHandler(chats, (piece, open) -> open.content(), heard.telemetry()));
    Fluxes.read(stream.call(args -> Fluxes.of("a", "b"), "model", "request"));

    assertThat(heard.only(EventKind.REQUEST_ENDED).content()).isNull();
  }
}
