package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A frame ends when it is popped, whichever code pops it. */
class FrameStackTest {
  private final FrameStack stack = FrameStack.current();

  private RequestFrame push() {
    return stack.pushRequest(null, new Object(), new Object());
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(stack.top()).isNull();
  }

  @Test
  void endingAFrameEndsTheFramesThatBeganAfterIt() {
    Frame outer = push();
    Frame middle = push();
    Frame inner = push();

    assertThat(stack.pop(outer)).isTrue();
    assertThat(middle.held).isFalse();
    assertThat(inner.self()).isNull();
    assertThat(outer.held).isTrue();
    stack.release(outer);
    assertThat(outer.held).isFalse();
  }

  @Test
  void aFrameOfAnotherThreadIsNotPopped() {
    assertThat(stack.pop(RequestFrame.apart(null, null, 0))).isFalse();
  }

  @Test
  void aReusedFrameHasAnotherNumber() {
    RequestFrame first = push();
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
    request.detach();
    stack.end(request);

    assertThat(request.held).isTrue();
    assertThat(request.parent).isNull();
    Frame next = push();
    assertThat(next).isNotSameAs(request);
    stack.end(parent);
  }

  @Test
  void aDetachedFrameThatWasNotPoppedLeavesItsParentToo() {
    Frame parent = push();
    Frame request = push();
    request.detach();
    stack.end(parent);

    assertThat(request.held).isTrue();
    assertThat(request.parent).isNull();
  }

  @Test
  void theFrameOfAFailedHandlerIsNotPartOfTheNextCall() {
    SiteHandler fails =
        new FrameHandler<RequestFrame>() {
          @Override
          protected RequestFrame begin(
              FrameStack on, Object self, Object arg0, Object arg1, Object arg2) {
            on.pushRequest(null, self, arg0);
            on.pushRequest(null, self, arg0);
            throw new StackOverflowError();
          }

          @Override
          protected Object ended(RequestFrame frame, Object result, Throwable thrown) {
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
  void aFrameEndsEvenIfItsHandlerFailsAtTheEnd() {
    SiteHandler fails =
        new FrameHandler<RequestFrame>() {
          @Override
          protected RequestFrame begin(
              FrameStack on, Object self, Object arg0, Object arg1, Object arg2) {
            return on.pushRequest(null, self, arg0);
          }

          @Override
          protected Object ended(RequestFrame frame, Object result, Throwable thrown) {
            throw new IllegalStateException();
          }
        };
    Frame frame = (Frame) fails.enter(new Object(), null, null, null);

    assertThat(catching(() -> fails.exit(frame, null, null)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(frame.held).isFalse();
    assertThat(frame.self()).isNull();
  }

  @Test
  void eachDepthHasOneFrameForEachKindOfCall() {
    RequestFrame request = push();
    long number = request.number;
    stack.end(request);
    ToolFrame tool = stack.pushTool(null, "search", null, null);
    assertThat(request.number).isEqualTo(number);
    stack.end(tool);

    assertThat(push()).isSameAs(request);
    stack.end(request);
    assertThat(stack.pushTool(null, "search", null, null)).isSameAs(tool);
    stack.end(tool);
  }

  @Test
  void aToolBeginsWhenItsCallerHasReadTheClock() {
    ToolFrame tool = stack.pushTool(42, null, "search", null, null);
    assertThat(tool.startNanos()).isEqualTo(42);
    stack.end(tool);
  }

  /** Such as one that a handler pushed before it failed. */
  @Test
  void aFrameOfAnotherKindThatWasLeftBehindEndsWhenTheNextOneBegins() {
    int before = stack.depth;
    RequestFrame left = push();
    stack.depth = before;
    ToolFrame tool = stack.pushTool(null, "search", null, null);

    assertThat(left.held).isFalse();
    assertThat(left.self()).isNull();
    stack.end(tool);
  }

  @Test
  void aDetachedFrameThatWasLeftBehindGoesOnWithoutItsThread() {
    int before = stack.depth;
    RequestFrame left = push();
    left.detach();
    stack.depth = before;
    ToolFrame tool = stack.pushTool(null, "search", null, null);
    stack.end(tool);

    assertThat(left.held).isTrue();
    assertThat(left.stack).isNull();
    assertThat(push()).isNotSameAs(left);
    stack.end(stack.top());
  }

  @Test
  void aCallWhoseMethodHasReturnedEnclosesNothing() {
    RequestFrame outer = push();
    RequestFrame first = push();
    ToolFrame second = stack.pushTool(null, "search", null, null);
    first.returned = true;
    second.returned = true;

    assertThat(stack.top()).isSameAs(outer);
    assertThat(first.held).isFalse();
    assertThat(second.held).isFalse();
    RequestFrame next = push();
    assertThat(next.parent()).isSameAs(outer);
    stack.end(outer);
  }

  @Test
  void callsBeyondTheGreatestDepthHaveNoFrame() {
    Frame outermost = push();
    Frame last = outermost;
    for (Frame next = outermost; next != null; next = push()) {
      last = next;
    }
    assertThat(stack.pushTool(null, "search", null, null)).isNull();
    assertThat(stack.top()).isSameAs(last);
    stack.end(outermost);
  }

  private static Throwable catching(Runnable action) {
    try {
      action.run();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  @Test
  void eachThreadHasAStackOfItsOwnHoweverManyThereAre() throws Exception {
    int threads = 200;
    Set<FrameStack> stacks = ConcurrentHashMap.newKeySet();
    List<FrameStack> changed = new CopyOnWriteArrayList<>();
    CountDownLatch all = new CountDownLatch(threads);
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                FrameStack first = FrameStack.current();
                stacks.add(first);
                all.countDown();
                awaitAll(all);
                if (FrameStack.current() != first) {
                  changed.add(first);
                }
              });
      started.add(thread);
      thread.start();
    }
    for (Thread thread : started) {
      thread.join();
    }

    assertThat(stacks).hasSize(threads).doesNotContain(stack);
    assertThat(changed).isEmpty();
    assertThat(FrameStack.current()).isSameAs(stack);
  }

  @Test
  void aThreadWhoseThreadLocalsWereErasedKeepsItsStackDuringACall() throws Exception {
    AtomicReference<Boolean> kept = new AtomicReference<>();
    for (int i = 0; i < 1000 && kept.get() == null; i++) {
      System.gc(); // places of threads that have ended are free once they are collected
      Thread thread =
          new Thread(
              () -> {
                FrameStack first = FrameStack.current();
                eraseThreadLocal();
                if (FrameStack.current() == first) { // so the thread has a place of its own
                  startThreads(200);
                  kept.set(FrameStack.current() == first);
                }
              });
      thread.start();
      thread.join();
    }

    assertThat(kept.get()).isTrue();
  }

  /** Does what pools do between two tasks. */
  private static void eraseThreadLocal() {
    try {
      Field field = FrameStack.class.getDeclaredField("CURRENT");
      field.setAccessible(true);
      ((ThreadLocal<?>) field.get(null)).remove();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void startThreads(int count) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(FrameStack::current);
      thread.start();
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallBelowFramesThatWereLeftBehindIsFound() {
    Frame outer = push();
    Frame left = push();
    stack.depth = 1; // as a handler that fails leaves the stack

    assertThat(stack.pop(outer)).isTrue();
    assertThat(left.held).isFalse();
    stack.release(outer);
    assertThat(outer.held).isFalse();
  }
}
