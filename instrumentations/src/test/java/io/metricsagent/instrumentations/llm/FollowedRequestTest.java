package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.FaultyChats;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A request of a rule that follows calls ends with its result or its callback. */
class FollowedRequestTest {
  private final Recorded recorded = new Recorded();
  private final LlmCallHandler handler =
      new LlmCallHandler(new FaultyChats(), recorded.telemetry());

  private <T> T call(Class<T> declared, Object result) {
    return declared.cast(
        Woven.returning(declared, handler).call(args -> result, "model", "request"));
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
    if (!recorded.adapters().isEmpty()) {
      assertThat(recorded.adapter().activeRequests()).isIn(null, 0L);
    }
  }

  @Test
  void endsWithAFutureThatIsRead() throws Exception {
    FutureTask<String> task = new FutureTask<>(() -> "a");
    Future<?> future = call(Future.class, task);
    assertThat(recorded.requests()).isZero();
    task.run();

    assertThat(future.get()).isEqualTo("a");
    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void endsWithItsMethodIfTheResultCannotBeFollowed() {
    call(FutureTask.class, new FutureTask<>(() -> "a"));

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().errorCount()).isZero();
  }

  @Test
  void hasATimeToItsFirstPiece() {
    Iterator<?> iterator = call(Iterator.class, List.of("a", "b").iterator());
    while (iterator.hasNext()) {
      iterator.next();
    }

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().timeToFirstToken().count()).isEqualTo(1);
  }

  @Test
  void isARequestForEachSubscription() {
    Flux<?> flux = call(Flux.class, Flux.just("a", "b"));
    assertThat(recorded.requests()).isZero();
    flux.blockLast();
    flux.take(1).blockLast();

    assertThat(recorded.adapter().requestCount()).isEqualTo(2);
    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
    assertThat(recorded.adapter().timeToFirstToken().count()).isEqualTo(2);
  }

  @Test
  void failsWithItsPublisher() {
    Mono<?> mono = call(Mono.class, Mono.error(new IllegalStateException()));
    assertThatThrownBy(mono::block).isInstanceOf(IllegalStateException.class);

    assertThat(recorded.adapter().errorTypes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  @Test
  void isOverIfARequestWithinHasEndedBefore() {
    Mono<?> mono =
        (Mono<?>)
            Woven.returning(Mono.class, handler)
                .call(
                    args -> {
                      Woven.with(new LlmCallHandler(new FaultyChats(), recorded.telemetry()))
                          .call(inner -> "a", "client", "request");
                      return Mono.just("a");
                    },
                    "model",
                    "request");
    assertThat(recorded.requests()).isEqualTo(1);
    mono.block();

    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void includesTheLayersOfItsSubscription() {
    Woven client = Woven.with(new LlmCallHandler(new FaultyChats(), recorded.telemetry()));
    Mono<?> mono =
        call(Mono.class, Mono.fromSupplier(() -> client.call(args -> "a", "client", "request")));
    mono.block();

    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void endsWithItsCallback() {
    Object[] kept = new Object[1];
    BiConsumer<Object, Object> callback = (value, error) -> {};
    Woven.taking(BiConsumer.class, handler)
        .call(
            args -> {
              kept[0] = args[1];
              return null;
            },
            "model",
            "request",
            callback);
    assertThat(recorded.requests()).isZero();
    accept(kept[0]);

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }

  @Test
  void endsWithItsCallbackBeforeTheMethodReturns() {
    BiConsumer<Object, Object> callback = (value, error) -> {};
    Woven.taking(BiConsumer.class, handler)
        .call(
            args -> {
              accept(args[1]);
              return null;
            },
            "model",
            "request",
            callback);

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }

  @Test
  void failsIfTheMethodThrowsInstead() {
    BiConsumer<Object, Object> callback = (value, error) -> {};
    Woven woven = Woven.taking(BiConsumer.class, handler);
    assertThatThrownBy(
            () ->
                woven.call(
                    args -> {
                      throw new IllegalArgumentException();
                    },
                    "model",
                    "request",
                    callback))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(recorded.adapter().errorTypes())
        .isEqualTo(Map.of(IllegalArgumentException.class.getName(), 1L));
  }

  @SuppressWarnings("unchecked") // the callback of the test
  private static void accept(Object callback) {
    ((BiConsumer<Object, Object>) callback).accept("a", null);
  }
}
