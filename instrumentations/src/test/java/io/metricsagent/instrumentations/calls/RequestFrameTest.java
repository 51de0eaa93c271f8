package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The layers of one request, and what they know of each other. */
class RequestFrameTest {
  private record Answer() implements OpenAnswer {
    @Override
    public void failed(Throwable error) {}

    @Override
    public void exhausted() {}

    @Override
    public void closed() {}
  }

  private final FrameStack stack = FrameStack.current();
  private final Object router = new Object();
  private final Object model = new Object();
  private final RequestFrame request = stack.pushRequest(null, router, "request");

  @AfterEach
  void end() {
    stack.end(request);
    assertThat(stack.top()).isNull();
  }

  private RequestFrame layer(Object self) {
    return stack.pushRequest(request, self, "layer");
  }

  @Test
  void allLayersAreOpenUntilTheRequestIsOver() {
    RequestFrame layer = layer(model);
    AttemptFrame attempt = stack.pushAttempt(request, null);
    assertThat(layer.isRoot()).isFalse();
    assertThat(layer.openRequest()).isSameAs(request);
    assertThat(attempt.openRequest()).isSameAs(request);
    request.over();

    assertThat(request.isOpen()).isFalse();
    assertThat(layer.openRequest()).isNull();
    assertThat(attempt.openRequest()).isNull();
  }

  @Test
  void aDetachedRequestEndsOnTheStackOfWhicheverThreadEndsIt() throws Exception {
    assertThat(request.stackOfEnd()).isSameAs(stack);
    request.detach();
    List<FrameStack> stacks = new ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              stacks.add(request.stackOfEnd());
              stacks.add(FrameStack.current());
            });
    other.start();
    other.join();

    assertThat(stacks.get(0)).isNotSameAs(stack).isSameAs(stacks.get(1));
  }

  @Test
  void aRequestThatHasEndedIsNotOpen() {
    Running running = Running.of(request);
    assertThat(running.isOpen()).isTrue();
    stack.end(request);

    assertThat(request.isOpen()).isFalse();
    assertThat(running.isOpen()).isFalse();
  }

  @Test
  void theAttemptsOfALayerAreThoseOfTheRequest() {
    layer(model).attempts().add(1, 2);

    assertThat(request.facts().attempts().count()).isEqualTo(1);
  }

  @Test
  void aLayerWithinAnAttemptHasTheRequestAroundIt() {
    stack.pushAttempt(request, null);
    RequestFrame layer = layer(model);

    assertThat(layer.layerAround()).isSameAs(request);
    assertThat(request.layerAround()).isNull();
  }

  @Test
  void aRequestWithinAToolHasNoLayerAroundIt() {
    stack.pushTool(null, "search", null, null);

    assertThat(layer(model).layerAround()).isNull();
  }

  @Test
  void anInnerLayerOfAnotherModelTakesTheAnswer() {
    Answer answer = new Answer();
    request.endsWith(answer, null);
    assertThat(layer(model).takeAnswer()).isSameAs(answer);

    assertThat(request.isLeftToAnother(router, new Object())).isTrue();
    assertThat(request.isLeftToAnother(model, new Object())).isFalse();
    assertThat(request.isLeftToAnother(router, model)).isFalse();
  }

  @Test
  void anInnerLayerOfTheSameModelDoesNotTakeTheAnswer() {
    request.endsWith(new Answer(), null);

    assertThat(layer(router).takeAnswer()).isNull();
    assertThat(request.isLeftToAnother(router, model)).isFalse();
  }

  @Test
  void anInnerLayerTakesNoAnswerIfThereIsNone() {
    assertThat(layer(model).takeAnswer()).isNull();
  }

  /** The method that began the request may ask for its answer after another thread has ended it. */
  @Test
  void aDetachedFrameKeepsItsAnswerAndNothingElse() {
    Answer answer = new Answer();
    RequestFrame detached = RequestFrame.apart(model, "request", 0);
    detached.endsWith(answer, null);
    detached.detach(null);
    detached.end();

    assertThat(detached.answer()).isSameAs(answer);
    assertThat(detached.self()).isNull();
    assertThat(detached.argument()).isNull();
    assertThat(detached.root()).isNull();
  }

  @Test
  void aReusedFrameHasNothingOfTheCallBefore() {
    RequestFrame first = layer(model);
    first.facts().learnModel("gpt");
    first.follows("previous");
    first.endsWith(new Answer(), null);
    first.innerOrNew().remember("openai", "gpt", "chat", null, 1, 2);
    first.over();
    stack.end(first);
    RequestFrame second = layer(model);

    assertThat(second).isSameAs(first);
    assertThat(second.facts().model()).isNull();
    assertThat(second.previous()).isNull();
    assertThat(second.answer()).isNull();
    assertThat(second.inner().endNanos()).isZero();
    assertThat(second.isOver()).isFalse();
  }

  @Test
  void aLaterStartForgetsTheNamesLearntBefore() {
    request.facts().learnProvider("openai");
    request.facts().learnModel("gpt");
    request.beginsAgainAt(42);

    assertThat(request.startNanos()).isEqualTo(42);
    assertThat(request.facts().provider()).isNull();
    assertThat(request.facts().model()).isNull();
  }
}
