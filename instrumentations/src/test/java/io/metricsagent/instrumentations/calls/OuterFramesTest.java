package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.testing.Chats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each kind of frame does when a call begins or ends directly within it. */
class OuterFramesTest {
  private record Answer() implements OpenAnswer {
    @Override
    public void failed(Throwable error) {}

    @Override
    public void exhausted() {}

    @Override
    public void closed() {}
  }

  private final Registry registry = Chats.registry();
  private final AdapterMetrics asker = registry.adapter("openai", "gpt", "chat");
  private final AdapterMetrics other = registry.adapter("openai", "gpt-2", "chat");
  private final FrameStack stack = FrameStack.current();

  @AfterEach
  void nothingIsLeft() {
    assertThat(stack.top()).isNull();
  }

  private long toolPhases(String model) {
    return registry.snapshot().adapters().stream()
        .filter(snapshot -> snapshot.model().equals(model))
        .mapToLong(snapshot -> snapshot.toolLatency().count())
        .sum();
  }

  private long toolNanos() {
    return registry.snapshot().adapters().stream()
        .mapToLong(snapshot -> snapshot.toolLatency().sumNanos())
        .sum();
  }

  @Test
  void aLoopRecordsTheTimeFromItsFirstToolToTheEndOfItsLast() {
    LoopFrame loop = stack.pushLoop(asker);
    long begin = System.nanoTime();
    loop.toolBegan(begin);
    loop.toolEnded(begin + 1_000_000_000);
    loop.toolBegan(begin + 2_000_000_000);
    loop.toolEnded(begin + 60_000_000_000L);
    loop.roundEnded();
    stack.end(loop);

    assertThat(toolPhases("gpt")).isEqualTo(1);
    assertThat(toolNanos()).isEqualTo(60_000_000_000L);
  }

  @Test
  void theNextRequestEndsTheRoundOfTheLoop() {
    LoopFrame loop = stack.pushLoop(asker);
    loop.toolBegan(System.nanoTime());
    loop.toolEnded(System.nanoTime());
    loop.requestBegan();
    assertThat(toolPhases("gpt")).isEqualTo(1);
    stack.lastAnswer().arrived(other, null);
    loop.toolBegan(System.nanoTime());
    loop.toolEnded(System.nanoTime());
    loop.roundEnded();
    stack.end(loop);

    assertThat(toolPhases("gpt")).isEqualTo(1);
    assertThat(toolPhases("gpt-2")).isEqualTo(1);
  }

  @Test
  void aLoopWithoutToolsRecordsNothing() {
    LoopFrame loop = stack.pushLoop(asker);
    loop.requestBegan();
    loop.roundEnded();
    stack.end(loop);

    assertThat(toolPhases("gpt")).isZero();
  }

  @Test
  void timeThatIsLeftOutIsNotPartOfTheToolPhase() {
    LoopFrame loop = stack.pushLoop(asker);
    loop.toolBegan(System.nanoTime());
    stack.leaveOut(60_000_000_000L);
    loop.toolEnded(System.nanoTime());
    loop.roundEnded();
    stack.end(loop);

    assertThat(toolPhases("gpt")).isEqualTo(1);
    assertThat(toolNanos()).isLessThan(60_000_000_000L);
  }

  @Test
  void aLayerIsToldOfRequestsUntilItIsOver() {
    Answer answer = new Answer();
    LayerFrame layer = stack.pushLayer(null, null);
    assertThat(layer.isRecorded()).isFalse();
    layer.requestBegan();
    layer.answerBegan(answer);
    layer.over();
    layer.answerBegan(new Answer());
    assertThat(layer.isRecorded()).isTrue();
    assertThat(layer.answer()).isSameAs(answer);
    stack.end(layer);
    LayerFrame next = stack.pushLayer(null, null);
    next.over();
    next.requestBegan();

    assertThat(next).isSameAs(layer);
    assertThat(next.isRecorded()).isFalse();
    assertThat(next.answer()).isNull();
    stack.end(next);
  }

  @Test
  void anExchangeIsToldWhichToolWasServed() {
    ExchangeFrame exchange = stack.pushExchange("exchange", null);
    exchange.toolServed("search");

    assertThat(exchange.tool()).isEqualTo("search");
    stack.end(exchange);
    assertThat(exchange.exchange()).isNull();
    assertThat(stack.pushExchange("next", null).tool()).isNull();
    stack.end(stack.top());
  }

  @Test
  void aToolIgnoresAllEvents() {
    ToolFrame tool = stack.pushTool(null, "search", null, null);
    tool.requestBegan();
    tool.answerBegan(new Answer());
    tool.toolBegan(System.nanoTime());
    tool.toolEnded(1);
    tool.toolServed("other");

    assertThat(tool.tool()).isEqualTo("search");
    assertThat(tool.openRequest()).isNull();
    stack.end(tool);
  }

  @Test
  void aReusedToolFrameHasNothingOfTheCallBefore() {
    ToolFrame first = stack.pushTool(null, "search", this, "context");
    first.failedWithin(new IllegalStateException());
    first.over();
    stack.end(first);
    ToolFrame second = stack.pushTool(null, null, null, null);

    assertThat(second).isSameAs(first);
    assertThat(second.innerFailure()).isNull();
    assertThat(second.isOver()).isFalse();
    assertThat(second.context()).isNull();
    assertThat(second.self()).isNull();
    assertThat(second.tool()).isNull();
    stack.end(second);
  }
}
