package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A layer whose future depends on the future of a request below it. */
class LlmFutureHandlerTest {
  private final Recorded recorded = new Recorded();
  private final Woven layer = Woven.with(new LlmFutureHandler());
  private final Woven client =
      Woven.with(
          new LlmFluxHandler(
              new Chats("openai", "gpt"),
              (piece, stream) -> stream.content(),
              recorded.telemetry()));

  private CompletableFuture<?> call(CompletableFuture<?> future) {
    return (CompletableFuture<?>)
        layer.call(
            args -> {
              Fluxes.read(client.call(inner -> Fluxes.silent(() -> {}), "client", "request"));
              return future;
            },
            "framework");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void cancellingTheFutureCancelsTheRequestBelow() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    call(future).cancel(true);

    assertThat(future).isCancelled();
    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
  }

  @Test
  void aValueOfTheFutureDoesNotEndTheRequestBelow() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    CompletableFuture<?> got = call(future);
    future.complete("answer");

    assertThat((Object) got.join()).isEqualTo("answer");
    assertThat(recorded.requests()).isZero();
    assertThat(recorded.adapter().activeRequests()).isEqualTo(1);
  }

  @Test
  void theFutureIsNotReplacedIfNoRequestIsBelow() {
    CompletableFuture<Object> future = new CompletableFuture<>();

    assertThat(layer.call(args -> future, "framework")).isSameAs(future);
  }
}
