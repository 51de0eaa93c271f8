package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Models that return futures, and call each other or themselves on other threads. */
class LlmAsyncHandlerTest {
  private final Registry registry = Chats.registry();
  private final Telemetry telemetry = new Telemetry(registry);
  private final Chats chats = new Chats("openai", "model");
  private final LlmAsyncHandler async = new LlmAsyncHandler(chats, model -> false, telemetry);
  private final LlmCallHandler blocking = new LlmCallHandler(chats, telemetry);

  /** Says who is asked. */
  private record Model(String name) {}

  private final Model outer = new Model("outer");
  private final Model inner = new Model("inner");

  private Object request() {
    return new Object() {};
  }

  private List<AdapterSnapshot> adapters() {
    return registry.snapshot().adapters();
  }

  private long requests() {
    return adapters().stream().mapToLong(AdapterSnapshot::requestCount).sum();
  }

  private static void elsewhere(Runnable work) {
    CompletableFuture.runAsync(work).join();
  }

  private CompletableFuture<?> ended(Object token, CompletableFuture<?> future) {
    return (CompletableFuture<?>) async.exit(token, future, null);
  }

  @Test
  void endsWithItsFuture() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    ended(async.enter(outer, request(), null, null), answer);
    assertThat(requests()).isZero();

    answer.complete("yes");
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void isOneRequestIfTheLibraryMakesAnotherArgumentObject() {
    Object chat = async.enter(outer, request(), null, null);
    Object madeForIt = request();
    Object doChat = async.enter(outer, madeForIt, null, null);
    CompletableFuture<Object> answer = new CompletableFuture<>();
    async.exit(doChat, answer, null);
    ended(chat, answer);
    elsewhere(() -> blocking.exit(blocking.enter(outer, madeForIt, null, null), "yes", null));
    answer.complete("yes");

    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void isNotCountedIfAnotherModelTakesItOver() {
    Object chat = async.enter(outer, request(), null, null);
    Object madeForIt = request();
    Object doChat = async.enter(outer, madeForIt, null, null);
    CompletableFuture<Object> answer = new CompletableFuture<>();
    async.exit(doChat, answer, null);
    ended(chat, answer);
    elsewhere(() -> blocking.exit(blocking.enter(inner, madeForIt, null, null), "yes", null));
    answer.complete("yes");

    assertThat(requests()).isEqualTo(1);
  }

  /** An application may pass one request object to several models. */
  @Test
  void countsEachModelThatTheApplicationAsksAtOnce() {
    Object shared = request();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    ended(async.enter(outer, shared, null, null), answer);
    ended(async.enter(inner, shared, null, null), answer);
    for (Model model : List.of(outer, inner)) {
      elsewhere(() -> blocking.exit(blocking.enter(model, shared, null, null), "yes", null));
    }
    answer.complete("yes");

    assertThat(requests()).isEqualTo(2);
  }

  @Test
  void countsEachModelThatItAsksByItself() {
    CompletableFuture<Object> failed = new CompletableFuture<>();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    Object router = async.enter(outer, request(), null, null);
    ended(async.enter(inner, request(), null, null), failed);
    ended(router, answer);
    failed.completeExceptionally(new IllegalStateException("no"));
    answer.complete("yes");

    assertThat(requests()).isEqualTo(1);
    assertThat(adapters().get(0).errorCount()).isEqualTo(1);
  }

  /** A request that ended before the outer request was left is a request of its own. */
  @Test
  void countsTheRequestThatEndedBeforeItWasLeft() {
    Object router = async.enter(outer, request(), null, null);
    blocking.exit(blocking.enter(inner, request(), null, null), "yes", null);
    CompletableFuture<Object> answer = new CompletableFuture<>();
    ended(async.enter(inner, request(), null, null), answer);
    ended(router, answer);
    answer.complete("yes");

    assertThat(requests()).isEqualTo(2);
  }

  @Test
  void ignoresAnErrorThatMeansThatNoModelWasAsked() {
    Chats unable =
        new Chats("openai", "model") {
          @Override
          public boolean saysNotAsked(Throwable error) {
            return true;
          }
        };
    LlmAsyncHandler handler = new LlmAsyncHandler(unable, model -> false, telemetry);
    CompletableFuture<?> failed = CompletableFuture.failedFuture(new IllegalStateException());
    handler.exit(handler.enter(outer, request(), null, null), failed, null);

    assertThat(requests()).isZero();
  }
}
