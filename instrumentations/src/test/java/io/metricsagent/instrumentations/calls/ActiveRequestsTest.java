package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmLayerHandler;
import io.metricsagent.instrumentations.llm.LlmRoundHandler;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A request that outlives its method counts until its end, however it ends, and once. */
class ActiveRequestsTest {
  private static final Chats CHATS = new Chats("openai", "gpt");

  private final Telemetry telemetry = new Telemetry(Chats.registry());
  private final LlmCallHandler calls = new LlmCallHandler(CHATS, telemetry);

  private long active() {
    return telemetry.registry().snapshot().adapters().stream()
        .mapToLong(series -> series.activeRequests() == null ? 0 : series.activeRequests())
        .sum();
  }

  @Test
  void theLayersOfARequestAreCountedOnce() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    Object outer = calls.enter(this, null, null, null);
    calls.exit(calls.enter(new Object(), null, null, null), answer, null);
    calls.exit(outer, answer, null);
    assertThat(active()).isEqualTo(1);
    answer.completeExceptionally(new IllegalStateException());
    assertThat(active()).isZero();
  }

  @Test
  void aCallWhoseMethodHasNotReturnedIsNotCounted() {
    Object call = calls.enter(this, null, null, null);
    assertThat(active()).isZero();
    calls.exit(call, "answer", null);
    assertThat(active()).isZero();
  }

  @Test
  void aRequestOfAnUnknownModelIsNotCounted() {
    LlmCallHandler nameless = new LlmCallHandler(new Chats("openai", null), telemetry);
    nameless.exit(nameless.enter(this, null, null, null), new CompletableFuture<>(), null);
    assertThat(active()).isZero();
  }

  @Test
  void aRequestIsUnderWayUntilItsFutureIsCompleted() {
    List<CompletableFuture<Object>> answers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      CompletableFuture<Object> answer = new CompletableFuture<>();
      answers.add(answer);
      calls.exit(calls.enter(this, null, null, null), answer, null);
    }
    assertThat(active()).isEqualTo(1000);
    answers.subList(0, 400).forEach(answer -> answer.complete("hello"));
    answers.subList(400, 1000).forEach(answer -> answer.cancel(true));
    assertThat(active()).isZero();
  }

  @Test
  void aRequestIsNotUnderWayWhileItsToolsRun() {
    LlmRoundHandler rounds = new LlmRoundHandler(CHATS, telemetry);
    SiteHandler tools = LlmRoundHandler.ofTools(CHATS, ToolLoopHandler.afterAnswer(), telemetry);
    Object round = rounds.enter(this, null, null, null);
    Object loop = tools.enter(this, null, "answer", null);
    assertThat(active()).isZero();
    tools.exit(loop, null, null);
    rounds.exit(round, null, null);
    assertThat(active()).isZero();
  }

  @Test
  void aLayerIsNotCountedBesideTheRequestBelowIt() {
    LlmLayerHandler layers = new LlmLayerHandler(CHATS, (piece, stream) -> {}, telemetry);
    CompletableFuture<Object> answer = new CompletableFuture<>();
    Object flux =
        layers.exit(
            layers.enter(this, null, null, null),
            Fluxes.silent(() -> calls.exit(calls.enter(this, null, null, null), answer, null)),
            null);
    Fluxes.read(flux);
    assertThat(active()).isEqualTo(1);
    answer.complete("hello");
    assertThat(active()).isZero();
  }

  @Test
  void aLayerWithoutARequestBelowItIsCounted() {
    LlmLayerHandler layers = new LlmLayerHandler(CHATS, (piece, stream) -> {}, telemetry);
    Fluxes.read(layers.exit(layers.enter(this, null, null, null), Fluxes.empty(), null));
    assertThat(active()).isZero();
    Fluxes.read(layers.exit(layers.enter(this, null, null, null), Fluxes.silent(() -> {}), null));
    assertThat(active()).isEqualTo(1);
  }

  @Test
  void aRequestThatTwoThreadsEndIsTakenOutOnce() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      RequestFrame request = RequestFrame.apart(null, null, 0);
      request.detach();
      ActiveRequests.began(request, telemetry.registry().adapter("openai", "gpt", "chat"));
      CountDownLatch start = new CountDownLatch(2);
      Thread other = new Thread(() -> endWithOther(request, start));
      other.start();
      endWithOther(request, start);
      other.join();
    }
    assertThat(active()).isZero();
    calls.exit(calls.enter(this, null, null, null), new CompletableFuture<>(), null);
    assertThat(active()).as("a second end of another would hide this one").isEqualTo(1);
  }

  private static void endWithOther(RequestFrame request, CountDownLatch start) {
    start.countDown();
    while (start.getCount() > 0) {
      Thread.onSpinWait();
    }
    ActiveRequests.ended(request);
  }
}
