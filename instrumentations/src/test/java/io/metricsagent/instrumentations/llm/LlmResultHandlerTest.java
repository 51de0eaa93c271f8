package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A method whose result is read for the answer. */
class LlmResultHandlerTest {
  private record Watched(Object original, OpenStream stream) {}

  private final Recorded recorded = new Recorded();
  private final Woven model = method(Watched::new);

  private Woven method(ResultWatch watch) {
    return Woven.with(
        new LlmResultHandler(new Chats("openai", "gpt"), watch, true, recorded.telemetry()));
  }

  private Object call(Woven method, Object result) {
    return method.call(args -> result, "model", "request");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void endsWhenItsAnswerHasBeenRead() {
    Watched watched = (Watched) call(model, "answer");
    assertThat(watched.original).isEqualTo("answer");
    assertThat(recorded.adapter().requestCount()).isZero();
    assertThat(recorded.adapter().activeRequests()).isEqualTo(1);

    watched.stream.exhausted();
    watched.stream.closed();
    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().cancelledCount()).isZero();
    assertThat(recorded.adapter().activeRequests()).isZero();
  }

  @Test
  void isCancelledIfTheAnswerIsClosedBeforeItsEnd() {
    ((Watched) call(model, "answer")).stream.closed();

    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
  }

  @Test
  void isCancelledIfTheAnswerIsDropped() {
    call(model, new Object());

    assertThat(
            Garbage.collectUntil(
                () -> {
                  AbandonedRequests.endDropped();
                  return recorded.adapter().cancelledCount() == 1;
                }))
        .isTrue();
  }

  @Test
  void failsWithTheExceptionOfTheMethod() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(
            () ->
                model.call(
                    args -> {
                      throw thrown;
                    },
                    "model",
                    "request"))
        .isSameAs(thrown);
    assertThat(recorded.adapter().errorTypes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  @Test
  void watchesTheAnswerThatAFutureBrings() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    CompletableFuture<?> got = (CompletableFuture<?>) call(model, future);
    future.complete("answer");
    Watched watched = (Watched) got.join();
    assertThat(recorded.requests()).isZero();

    watched.stream.exhausted();
    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }

  @Test
  void failsAsItsFutureDoes() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    call(model, future);
    future.completeExceptionally(new IllegalStateException());

    assertThat(recorded.adapter().errorCount()).isEqualTo(1);
  }

  @Test
  void endsAtOnceIfTheAnswerCannotBeWatched() {
    assertThat(call(method((result, stream) -> result), "answer")).isEqualTo("answer");

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }

  @Test
  void goesOnIfTheResultIsWatchedInPlace() {
    ResultWatch inPlace =
        new ResultWatch() {
          @Override
          public Object watch(Object result, OpenStream stream) {
            return result;
          }

          @Override
          public boolean isInPlace() {
            return true;
          }
        };
    assertThat(call(method(inPlace), "answer")).isEqualTo("answer");

    assertThat(recorded.requests()).isZero();
  }

  @Test
  void leavesTheAnswerToTheOuterLayer() {
    Object outer =
        model.call(
            args -> {
              assertThat(call(model, "inner")).isEqualTo("inner");
              return "outer";
            },
            "model",
            "request");
    ((Watched) outer).stream.exhausted();

    assertThat(recorded.requests()).isEqualTo(1);
  }
}
