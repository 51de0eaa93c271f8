package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.FaultyChats;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A method that hands its answer to a callback, which is its second argument. */
class LlmStreamHandlerTest {
  private record Callback(Object original, OpenStream stream) {}

  private final Recorded recorded = new Recorded();
  private final FaultyChats chats = new FaultyChats();
  private final Woven model =
      Woven.replacing(1, new LlmStreamHandler(chats, Callback::new, recorded.telemetry()));

  private Callback passed;

  /** Starts a stream; returns the callback that the library gets. */
  private Callback start() {
    model.call(
        args -> {
          passed = (Callback) args[1];
          return null;
        },
        "model",
        "request",
        "callback");
    return passed;
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void endsWithTheLastCallOfItsCallback() {
    Callback callback = start();
    assertThat(callback.original).isEqualTo("callback");
    assertThat(recorded.adapter().requestCount()).isZero();
    assertThat(recorded.adapter().activeRequests()).isEqualTo(1);

    callback.stream.completed("answer");
    callback.stream.failed(new IllegalStateException());
    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().errorCount()).isZero();
    assertThat(recorded.adapter().activeRequests()).isZero();
  }

  @Test
  void mayEndOnAnyThread() {
    Callback callback = start();
    CompletableFuture.runAsync(() -> callback.stream.completed("answer")).join();

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }

  @Test
  void isCancelledIfTheReaderStops() {
    start().stream.closed();

    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
  }

  @Test
  void failsIfTheMethodThrows() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(
            () ->
                model.call(
                    args -> {
                      throw thrown;
                    },
                    "model",
                    "request",
                    "callback"))
        .isSameAs(thrown);
    assertThat(recorded.adapter().errorTypes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
    assertThat(recorded.adapter().activeRequests()).isZero();
  }

  @Test
  void isOneRequestInTwoLayers() {
    model.call(
        args -> {
          Object outer = args[1];
          model.call(
              inner -> {
                passed = (Callback) inner[1];
                assertThat(passed).isSameAs(outer);
                return null;
              },
              "model",
              "request",
              outer);
          return null;
        },
        "model",
        "request",
        "callback");
    passed.stream.completed("answer");

    assertThat(recorded.requests()).isEqualTo(1);
  }

  /** A router may go on to another model, on any thread. */
  @Test
  void isLeftToAnInnerModel() {
    model.call(
        args ->
            model.call(
                inner -> {
                  passed = (Callback) inner[1];
                  return null;
                },
                "other",
                "request",
                args[1]),
        "router",
        "request",
        "callback");
    assertThat(passed.original).isInstanceOf(Callback.class);
    passed.stream.completed("answer");

    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void endsWithTheMethodIfThereIsNoCallback() {
    model.call(args -> null, "model", "request", null);

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }

  @Test
  void endsWithTheMethodIfTheCallbackCannotBeWatched() {
    Woven unwatched =
        Woven.replacing(
            1, new LlmStreamHandler(chats, (callback, stream) -> callback, recorded.telemetry()));
    unwatched.call(args -> null, "model", "request", "callback");

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }

  @Test
  void endsWithItsFutureIfTheMethodReturnsOne() {
    Woven telling =
        Woven.replacing(
            1, LlmStreamHandler.endingWithResult(chats, Callback::new, recorded.telemetry()));
    CompletableFuture<Object> good = new CompletableFuture<>();
    CompletableFuture<Object> bad = new CompletableFuture<>();
    telling.call(args -> good, "model", "request", "callback");
    telling.call(args -> bad, "model", "request", "callback");
    assertThat(recorded.requests()).isZero();

    good.complete(null);
    bad.completeExceptionally(new IllegalStateException());
    assertThat(recorded.adapter().requestCount()).isEqualTo(2);
    assertThat(recorded.adapter().errorCount()).isEqualTo(1);
  }

  @Test
  void aFaultOfTheAgentLeavesTheCallbackAndTheThread() {
    chats.fail(true);
    Object[] got = new Object[1];
    model.call(args -> got[0] = args[1], "model", "request", "callback");
    assertThat(got).containsExactly("callback");

    chats.fail(false);
    start().stream.completed(null);
    assertThat(recorded.requests()).isEqualTo(1);
  }
}
