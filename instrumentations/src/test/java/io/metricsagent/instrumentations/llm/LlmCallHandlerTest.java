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

/** A method that makes a request. */
class LlmCallHandlerTest {
  /** Of an answer. */
  public record Usage(long in, long out, long cached) {}

  /** An answer. */
  public record Response(Usage usage) {}

  private final Recorded recorded = new Recorded();
  private final FaultyChats chats = new FaultyChats();
  private final Woven model = Woven.with(new LlmCallHandler(chats, recorded.telemetry()));
  private final Woven replacing =
      Woven.with(LlmCallHandler.replacingFutures(chats, recorded.telemetry()));
  private final Response answer = new Response(new Usage(10, 2, 5));

  private Object call(Woven method, Woven.Body body) {
    return method.call(body, "model", "request");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void recordsARequestWithItsTokens() {
    assertThat(call(model, args -> answer)).isSameAs(answer);

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().errorCount()).isZero();
    assertThat(recorded.adapter().inputTokenCount()).isEqualTo(10);
    assertThat(recorded.adapter().outputTokenCount()).isEqualTo(2);
    assertThat(recorded.adapter().cachedTokens()).isEqualTo(5);
  }

  @Test
  void failsWithTheExceptionOfTheMethod() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(
            () ->
                call(
                    model,
                    args -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(recorded.adapter().errorTypes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  @Test
  void twoLayersAreOneRequestWithTheTokensOfTheInnerLayer() {
    call(
        model,
        args -> {
          call(model, inner -> answer);
          return "text";
        });

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().inputTokenCount()).isEqualTo(10);
  }

  @Test
  void endsWithItsFuture() {
    for (Woven method : new Woven[] {model, replacing}) {
      CompletableFuture<Object> future = new CompletableFuture<>();
      CompletableFuture<?> got = (CompletableFuture<?>) call(method, args -> future);
      long before = recorded.requests();
      assertThat(recorded.adapter().activeRequests()).isEqualTo(1);

      future.complete(answer);
      assertThat((Object) got.join()).isSameAs(answer);
      assertThat(recorded.requests()).isEqualTo(before + 1);
      assertThat(recorded.adapter().activeRequests()).isZero();
    }
    assertThat(recorded.adapter().inputTokenCount()).isEqualTo(20);
  }

  /** The application's own dependents must see the figures, in whatever order they run. */
  @Test
  void isRecordedBeforeTheApplicationGoesOnIfTheFutureIsReplaced() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    CompletableFuture<?> got = (CompletableFuture<?>) call(replacing, args -> future);
    CompletableFuture<Long> seen = got.thenApply(value -> recorded.requests());
    future.complete(answer);

    assertThat(seen).isCompletedWithValue(1L);
  }

  @Test
  void isCancelledWithItsFuture() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    ((CompletableFuture<?>) call(replacing, args -> future)).cancel(true);

    assertThat(future).isCancelled();
    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
    assertThat(recorded.adapter().errorCount()).isZero();
  }

  @Test
  void endsOnceEvenIfItsFutureEndsAgain() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    call(model, args -> future);
    future.complete(answer);
    future.obtrudeException(new IllegalStateException());

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().errorCount()).isZero();
  }

  @Test
  void aFaultOfTheAgentLeavesTheAnswerAndTheThread() {
    chats.fail(true);
    assertThat(call(model, args -> answer)).isSameAs(answer);
    CompletableFuture<Object> future = new CompletableFuture<>();
    CompletableFuture<?> got = (CompletableFuture<?>) call(replacing, args -> future);
    future.complete(answer);
    assertThat((Object) got.join()).isSameAs(answer);

    chats.fail(false);
    call(model, args -> answer);
    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }
}
