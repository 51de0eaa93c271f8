package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A tool of a rule that follows calls ends with its result or its callback. */
class FollowedToolTest {
  private final Recorded recorded = new Recorded();
  private final ToolCallHandler handler = new ToolCallHandler(new Tools(), recorded.telemetry());

  private <T> T call(Class<T> declared, Object result) {
    return declared.cast(Woven.returning(declared, handler).call(args -> result, "tools", "add"));
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void endsWithItsStage() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    assertThat(call(CompletableFuture.class, future)).isSameAs(future);
    assertThat(recorded.tools()).isEmpty();
    future.complete("a");

    assertThat(recorded.tool().callCount()).isEqualTo(1);
    assertThat(recorded.tool().failureCount()).isZero();
  }

  @Test
  void endsWithAFutureThatIsCancelled() {
    Future<?> future = call(Future.class, new FutureTask<>(() -> "a"));
    future.cancel(true);

    assertThat(recorded.tool().failureCount()).isEqualTo(1);
    assertThat(recorded.tool().errorCodes()).containsOnlyKeys("cancelled");
  }

  @Test
  void isACallForEachSubscription() {
    Mono<?> mono = call(Mono.class, Mono.just("a"));
    assertThat(recorded.tools()).isEmpty();
    mono.block();
    mono.block();

    assertThat(recorded.tool().callCount()).isEqualTo(2);
  }

  @Test
  void endsWithItsMethodIfTheResultIsComplete() {
    assertThat(call(String.class, "a")).isEqualTo("a");
    call(FutureTask.class, new FutureTask<>(() -> "a"));

    assertThat(recorded.tool().callCount()).isEqualTo(2);
  }

  @Test
  void endsWithItsCallback() {
    BiConsumer<Object, Object> callback = (value, error) -> {};
    Object[] kept = new Object[1];
    Woven.taking(BiConsumer.class, handler)
        .call(
            args -> {
              kept[0] = args[1];
              return null;
            },
            "tools",
            "add",
            callback);
    assertThat(recorded.tools()).isEmpty();
    accept(kept[0]);

    assertThat(recorded.tool().failureCount()).isEqualTo(1);
  }

  @SuppressWarnings("unchecked") // the callback of the test
  private static void accept(Object callback) {
    ((BiConsumer<Object, Object>) callback).accept(null, new IllegalStateException());
  }
}
