package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A handler whose calls are frames, which it alone owns: a frame that {@link #begin} pushed is
 * popped when the method ends, and ends when {@link #ended} has read it, whatever either of them
 * throws. Only a detached frame goes on, without its thread.
 *
 * @param <F> the kind of the calls
 */
public abstract class FrameHandler<F extends Frame> extends SiteHandler {
  /** Makes a handler; the classes of frames are loaded now rather than on an exhausted stack. */
  protected FrameHandler() {
    Level.load(FrameStack.current());
  }

  @Override
  public final Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    FrameStack stack = FrameStack.current();
    int before = stack.depth;
    try {
      return begin(stack, self, arg0, arg1, arg2);
    } catch (Throwable fault) {
      stack.depth = before; // calls nothing: the thread's own stack may be exhausted
      throw fault;
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the token is what begin has returned
  public final Object exit(Object token, Object result, Throwable thrown) {
    F frame = (F) token;
    frame.returned = true; // first of all: what follows fails where the stack is exhausted
    FrameStack stack = frame.stack;
    if (stack == null || !stack.pop(frame)) {
      return result;
    }
    try {
      return ended(frame, result, thrown);
    } finally {
      stack.release(frame);
    }
  }

  /**
   * The method begins.
   *
   * @return the frame that was pushed, or {@code null} when the call is of no interest
   */
  protected abstract F begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2);

  /**
   * The method has ended, and its frame is popped. The frame ends when this returns, unless it is
   * detached by then.
   *
   * @return what the caller of the method gets: {@code result}, or what takes its place
   */
  protected abstract Object ended(F frame, Object result, Throwable thrown);
}
