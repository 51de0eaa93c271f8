package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A stage ends its call, and is not replaced. */
class StageResultsTest {
  private final Followed call = new Followed();
  private final CompletableFuture<String> future = new CompletableFuture<>();

  @Test
  void endsTheCallWithItsValue() {
    assertThat(call.<Object>follow(future, CompletableFuture.class)).isSameAs(future);
    future.complete("a");

    assertThat(call.heard()).containsExactly("goes on", "ended a");
  }

  @Test
  void endsTheCallWithItsError() {
    call.follow(future, Object.class);
    future.completeExceptionally(new IllegalStateException());

    assertThat(call.heard()).containsExactly("goes on", "failed IllegalStateException");
  }

  @Test
  void endsTheCallWhenItIsCancelled() {
    call.follow(future, CompletableFuture.class);
    future.cancel(false);

    assertThat(call.heard()).containsExactly("goes on", "failed CancellationException");
  }

  @Test
  void endsTheCallWithItsMethodIfItRefusesListeners() {
    CompletableFuture<String> strange =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<String> whenComplete(
              BiConsumer<? super String, ? super Throwable> action) {
            throw new UnsupportedOperationException();
          }
        };

    assertThat(call.<Object>follow(strange, CompletableFuture.class)).isSameAs(strange);
    assertThat(call.heard()).containsExactly("goes on", "ended null");
  }
}
