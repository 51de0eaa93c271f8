package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who owns a frame, whatever its handler throws. */
class FrameHandlerTest {
  private static final class Handler extends FrameHandler<LayerFrame> {
    private RuntimeException atBegin;
    private RuntimeException atEnd;
    private boolean detaches;
    private boolean nested;
    private int ends;

    @Override
    protected LayerFrame begin(
        FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
      LayerFrame frame = stack.pushLayer(self, arg0);
      if (nested) {
        stack.pushLayer(self, arg0);
      }
      if (atBegin != null) {
        throw atBegin;
      }
      return frame;
    }

    @Override
    protected Object ended(LayerFrame frame, Object result, Throwable thrown) {
      ends++;
      assertThat(FrameStack.current().top()).isNotSameAs(frame);
      assertThat(frame.self()).isEqualTo("self");
      if (detaches) {
        frame.detach();
      }
      if (atEnd != null) {
        throw atEnd;
      }
      return result + "!";
    }
  }

  private final Handler handler = new Handler();
  private final FrameStack stack = FrameStack.current();

  private LayerFrame enter() {
    return (LayerFrame) handler.enter("self", "argument", null, null);
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(stack.top()).isNull();
  }

  @Test
  void aFrameEndsWhenItsMethodDoes() {
    LayerFrame frame = enter();
    assertThat(stack.top()).isSameAs(frame);

    assertThat(handler.exit(frame, "result", null)).isEqualTo("result!");
    assertThat(frame.self()).isNull();
    assertThat(frame.held).isFalse();
  }

  @Test
  void aFrameEndsWhereItsHandlerFails() {
    handler.atEnd = new IllegalStateException();
    LayerFrame frame = enter();

    assertThatThrownBy(() -> handler.exit(frame, "result", null)).isSameAs(handler.atEnd);
    assertThat(frame.held).isFalse();
  }

  @Test
  void aFrameIsOffTheStackWhereItsHandlerFailsAtTheBeginning() {
    handler.atBegin = new IllegalStateException();
    handler.nested = true;
    LayerFrame outer = stack.pushLayer("outer", null);

    assertThatThrownBy(this::enter).isSameAs(handler.atBegin);
    assertThat(stack.top()).isSameAs(outer);
    stack.end(outer);
  }

  @Test
  void aDetachedFrameGoesOnWithoutItsThread() {
    handler.detaches = true;
    LayerFrame frame = enter();
    handler.exit(frame, "result", null);

    assertThat(frame.self()).isEqualTo("self");
    assertThat(frame.held).isTrue();
    assertThat(frame.stack).isNull();
    assertThat(enter()).isNotSameAs(frame);
    stack.end(stack.top());
  }

  @Test
  void aSecondEndIsNone() {
    handler.detaches = true;
    LayerFrame frame = enter();
    handler.exit(frame, "result", null);

    assertThat(handler.exit(frame, "again", null)).isEqualTo("again");
    assertThat(handler.ends).isEqualTo(1);
  }

  @Test
  void aFrameEndsOnTheStackThatItWasBegunOn() {
    LayerFrame frame = enter();
    CompletableFuture.runAsync(() -> handler.exit(frame, "result", null)).join();

    assertThat(handler.ends).isEqualTo(1);
    assertThat(stack.top()).isNull();
  }

  @Test
  void aFrameThatAnOuterEndTookAlongEndsOnce() {
    LayerFrame outer = stack.pushLayer("outer", null);
    LayerFrame frame = enter();
    stack.end(outer);

    assertThat(handler.exit(frame, "result", null)).isEqualTo("result");
    assertThat(handler.ends).isZero();
  }
}
