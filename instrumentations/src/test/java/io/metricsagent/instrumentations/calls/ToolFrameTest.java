package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.context.ContextField;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A frame that is used again has nothing of the call before. */
class ToolFrameTest {
  private final FrameStack stack = FrameStack.current();

  @AfterEach
  void nothingIsLeft() {
    assertThat(stack.top()).isNull();
  }

  @Test
  void aLayerKnowsTheOutermostOne() {
    ToolFrame outer = stack.pushTool(null, "search", this, null);
    ToolFrame inner = stack.pushTool(outer.root(), null, this, null);

    assertThat(outer.isRoot()).isTrue();
    assertThat(outer.root()).isSameAs(outer);
    assertThat(inner.isRoot()).isFalse();
    assertThat(inner.root()).isSameAs(outer);
    assertThat(inner.parent()).isSameAs(outer);
    stack.end(outer);
  }

  @Test
  void whatACallHadIsGoneAtItsEnd() {
    ToolFrame frame = stack.pushTool(null, "search", this, "consent");
    fill(frame);
    stack.end(frame);

    assertIsEmpty(frame);
    assertThat(frame.self()).isNull();
  }

  @Test
  void whatWasSaidAfterTheEndOfACallIsNotPartOfTheNextOne() {
    ToolFrame frame = stack.pushTool(null, "search", this, null);
    stack.end(frame);
    fill(frame);
    ToolFrame next = stack.pushTool(null, "order", this, null);

    assertThat(next).isSameAs(frame);
    assertThat(next.tool()).isEqualTo("order");
    assertIsEmpty(next);
    stack.end(next);
  }

  @Test
  void aLayerIsNoLayerWhenItsFrameIsUsedAgain() {
    ToolFrame outer = stack.pushTool(null, "search", this, null);
    ToolFrame layer = stack.pushTool(outer, "search", this, null);
    layer.over();
    layer.number(7);
    stack.end(layer);
    ToolFrame next = stack.pushTool(null, "order", this, null);

    assertThat(next).isSameAs(layer);
    assertThat(next.isRoot()).isTrue();
    assertThat(next.isOver()).isFalse();
    assertThat(next.operation()).isZero();
    stack.end(outer);
  }

  @Test
  void aCallHasTheExperimentOfItsThread() {
    String before = stack.adoptExperiment("blue");
    ToolFrame frame = stack.pushTool(null, "search", this, null);
    assertThat(frame.experiment()).isEqualTo("blue");
    stack.end(frame);
    stack.adoptExperiment(before);
    ToolFrame next = stack.pushTool(null, "search", this, null);

    assertThat(next.experiment()).isNull();
    stack.end(next);
  }

  private void fill(ToolFrame frame) {
    frame.keep("arguments");
    frame.keepForEnd("kept");
    frame.failedWithin(new IllegalStateException());
    frame.waitsFor(new CompletableFuture<>());
    frame.goesOnWith("follower");
    frame.says(ContextField.EXPERIMENT, "green");
  }

  private static void assertIsEmpty(ToolFrame frame) {
    assertThat(frame.context()).isNull();
    assertThat(frame.arguments()).isNull();
    assertThat(frame.keptForEnd()).isNull();
    assertThat(frame.innerFailure()).isNull();
    assertThat(frame.answer()).isNull();
    assertThat(frame.knowsFailure()).isFalse();
    assertThat(frame.goesOnWith()).isNull();
    assertThat(frame.experiment()).isNull();
    assertThat(frame.statedExperiment()).isNull();
    assertThat(frame.isRoot()).isTrue();
  }
}
