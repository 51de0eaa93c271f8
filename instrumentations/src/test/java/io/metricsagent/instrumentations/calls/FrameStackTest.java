package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A frame ends where it is popped, whoever pops it. */
class FrameStackTest {
  private final FrameStack stack = FrameStack.current();

  private Frame push() {
    return stack.push(Frame.Kind.LLM, null, new Object(), new Object());
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(stack.top()).isNull();
  }

  @Test
  void whatWasBegunAfterAFrameEndsWithIt() {
    Frame outer = push();
    Frame middle = push();
    Frame inner = push();

    assertThat(stack.pop(outer)).isTrue();
    assertThat(middle.held).isFalse();
    assertThat(inner.self).isNull();
    assertThat(outer.held).isTrue();
    stack.release(outer);
    assertThat(outer.held).isFalse();
  }

  @Test
  void aFrameOfAnotherThreadIsNotPopped() {
    assertThat(stack.pop(new Frame())).isFalse();
  }

  @Test
  void aFrameIsUsedAgainUnderAnotherNumber() {
    Frame first = push();
    long number = first.number;
    Running request = Running.of(first);
    stack.end(first);
    Frame second = push();

    assertThat(second).isSameAs(first);
    assertThat(second.number).isNotEqualTo(number);
    assertThat(request.isOpen()).isFalse();
    stack.end(second);
  }

  @Test
  void aDetachedFrameLeavesItsThreadAndItsParent() {
    Frame parent = push();
    Frame request = push();
    request.detached = true;
    stack.end(request);

    assertThat(request.held).isTrue();
    assertThat(request.parent).isNull();
    Frame next = push();
    assertThat(next).isNotSameAs(request);
    stack.end(parent);
  }

  @Test
  void aDetachedFrameThatNobodyPoppedLeavesItsParentToo() {
    Frame parent = push();
    Frame request = push();
    request.detached = true;
    stack.end(parent);

    assertThat(request.held).isTrue();
    assertThat(request.parent).isNull();
  }

  @Test
  void whatAFailedHandlerBeganIsNoPartOfTheNextCall() {
    SiteHandler fails =
        new FrameHandler() {
          @Override
          protected Frame begin(FrameStack on, Object self, Object arg0, Object arg1, Object arg2) {
            on.push(Frame.Kind.LLM, null, self, arg0);
            on.push(Frame.Kind.LLM, null, self, arg0);
            throw new StackOverflowError();
          }

          @Override
          protected Object ended(Frame frame, Object result, Throwable thrown) {
            return result;
          }
        };
    Frame outer = push();
    Object model = new Object();

    assertThat(catching(() -> fails.enter(model, null, null, null)))
        .isInstanceOf(StackOverflowError.class);
    assertThat(stack.top()).isSameAs(outer);
    stack.end(outer);
    Frame next = push();
    assertThat(next.parent).isNull();
    stack.end(next);
  }

  @Test
  void aHandlerThatFailsAtTheEndHasEndedItsFrame() {
    SiteHandler fails =
        new FrameHandler() {
          @Override
          protected Frame begin(FrameStack on, Object self, Object arg0, Object arg1, Object arg2) {
            return on.push(Frame.Kind.LLM, null, self, arg0);
          }

          @Override
          protected Object ended(Frame frame, Object result, Throwable thrown) {
            throw new IllegalStateException();
          }
        };
    Frame frame = (Frame) fails.enter(new Object(), null, null, null);

    assertThat(catching(() -> fails.exit(frame, null, null)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(frame.held).isFalse();
    assertThat(frame.self).isNull();
  }

  @Test
  void whatAFrameListensWithIsNotThatOfTheNextCall() {
    List<Frame> heard = new ArrayList<>();
    FrameListener listener =
        new FrameListener() {
          @Override
          public void requestBegan(Frame frame) {
            heard.add(frame);
          }
        };
    Frame first = push();
    first.listener = listener;
    first.requestBegan();
    first.toolBegan(stack);
    stack.end(first);
    Frame second = push();
    second.requestBegan();
    stack.end(second);

    assertThat(second).isSameAs(first);
    assertThat(heard).containsExactly(first);
  }

  private static Throwable catching(Runnable action) {
    try {
      action.run();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }
}
