package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A handler that has a frame for each call and owns it: a frame that {@link #begin} pushed is
 * popped when the method ends, and the frame ends after {@link #ended} has read it, even if either
 * of the two throws. Only a detached frame goes on, without its thread.
 *
 * @param <F> the kind of the calls
 */
public abstract class FrameHandler<F extends Frame> extends SiteHandler {
  /**
   * Makes a handler, and loads the classes of frames now: on an exhausted stack, loading would
   * fail.
   */
  protected FrameHandler() {
    Level.load(FrameStack.current());
    Errors.load();
  }

  @Override
  public final Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return enter(self, arg0, arg1, arg2, null);
  }

  @Override
  public final Object enterSuspending(
      Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
    return enter(self, arg0, arg1, arg2, continuation);
  }

  private Object enter(Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
    FrameStack stack = FrameStack.current();
    if (stack.reading) {
      return null; // the application's work is measured, not what the agent causes
    }
    int before = stack.depth;
    stack.reading = true;
    try {
      return continuation == null
          ? begin(stack, self, arg0, arg1, arg2)
          : begin(stack, self, arg0, arg1, arg2, continuation);
    } catch (Throwable fault) {
      stack.depth = before; // a write and no call, because the thread's stack may be exhausted
      throw fault;
    } finally {
      stack.reading = false;
    }
  }

  // The first statement of each end is a write, because a call fails if the thread's stack is
  // exhausted.

  @Override
  public final Object exit(Object token, Object result, Throwable thrown) {
    ((Frame) token).returned = true;
    return end(token, result, thrown, null);
  }

  @Override
  public final Object returned(Object token, Object result, Class<?> declared) {
    ((Frame) token).returned = true;
    return end(token, result, null, declared);
  }

  @SuppressWarnings("unchecked") // the token is what begin has returned
  private Object end(Object token, Object result, Throwable thrown, Class<?> declared) {
    F frame = (F) token;
    FrameStack stack = frame.stack;
    if (stack == null || !stack.pop(frame)) {
      return result;
    }
    try {
      return declared == null ? ended(frame, result, thrown) : ended(frame, result, declared);
    } finally {
      stack.release(frame);
    }
  }

  /**
   * The method begins.
   *
   * <p>The result is not declared as {@code F}: the compiler would then add a second method to each
   * handler, which only calls this one, and the JVM would compile each of the two with all that is
   * inlined below it.
   *
   * @return the frame that was pushed, an {@code F}, or {@code null} if the call is not measured
   */
  protected abstract Frame begin(
      FrameStack stack, Object self, Object arg0, Object arg1, Object arg2);

  /**
   * A suspending function of Kotlin begins or goes on; otherwise like the other method.
   *
   * @param continuation its last argument
   */
  protected Frame begin(
      FrameStack stack, Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
    return begin(stack, self, arg0, arg1, arg2);
  }

  /**
   * The method has ended, and its frame is popped. The frame ends when this method returns, unless
   * the frame is detached by then.
   *
   * @return what the caller of the woven method gets: {@code result} or its replacement
   */
  protected abstract Object ended(F frame, Object result, Throwable thrown);

  /**
   * The method has returned an object, and the rule follows calls; otherwise like the other method.
   *
   * @param declared the type of the result in the method's declaration
   */
  protected Object ended(F frame, Object result, Class<?> declared) {
    return ended(frame, result, (Throwable) null);
  }
}
