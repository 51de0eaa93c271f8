package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import java.util.Arrays;

/**
 * The woven calls under way on one thread, outermost first. It says what encloses what, so that one
 * operation is counted once whatever number of layers it passes through.
 *
 * <p>Frames are kept for the next call at the same depth: after the first calls of a thread nothing
 * is allocated.
 */
public final class FrameStack {
  /** No lambda, which might be the first one of the application that waits for it. */
  private static final ThreadLocal<FrameStack> CURRENT =
      new ThreadLocal<>() {
        @Override
        protected FrameStack initialValue() {
          return new FrameStack();
        }
      };

  /** Deeper calls are not measured; a stack this deep is a recursion. */
  private static final int MAX_DEPTH = 256;

  private Frame[] frames = new Frame[4];

  /**
   * How many calls are under way. A handler that failed sets it back to what it was, by writing the
   * field: a thread whose own stack is exhausted can call nothing.
   */
  int depth;

  /** No frame from here on is held; more than {@link #depth} only after a handler failed. */
  private int used;

  /** The sum of all {@link #leaveOut} of this thread. */
  private long leftOutNanos;

  /** Who answered last on this thread. */
  private AdapterMetrics answerer;

  /** The identity of that answer; a reference would keep it alive. */
  private int answer;

  private FrameStack() {}

  /** Returns this thread's stack. */
  public static FrameStack current() {
    return CURRENT.get();
  }

  /**
   * Remembers who answered on this thread: tools may follow.
   *
   * @param response {@code null} if it is not known
   */
  public void answered(AdapterMetrics series, Object response) {
    answerer = series;
    answer = System.identityHashCode(response);
  }

  /** Returns who answered last on this thread, or {@code null}. */
  public AdapterMetrics answerer() {
    return answerer;
  }

  /** Returns who gave an answer, if it is the last of this thread, else {@code null}. */
  public AdapterMetrics answererOf(Object response) {
    return response != null && answer == System.identityHashCode(response) ? answerer : null;
  }

  /** Returns the innermost frame, or {@code null}. */
  public Frame top() {
    return depth == 0 ? null : frames[depth - 1];
  }

  /**
   * Begins a call.
   *
   * @param root the operation that it belongs to, or {@code null} if it is one of its own
   * @return {@code null} when the stack is too deep
   */
  public Frame push(Frame.Kind kind, Frame root, Object self, Object argument) {
    if (depth == MAX_DEPTH) {
      return null;
    }
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, depth * 2);
    }
    Frame frame = frames[depth];
    if (frame == null || frame.detached) {
      frame = new Frame();
      frames[depth] = frame;
    } else if (frame.held) {
      frame.end();
    }
    frame.begin(kind, top(), root, self, argument);
    depth++;
    used = Math.max(used, depth);
    return frame;
  }

  /** Takes time that just passed on this thread out of the calls under way on it. */
  public void leaveOut(long nanos) {
    leftOutNanos += nanos;
    for (int i = 0; i < depth; i++) {
      frames[i].leaveOut(nanos);
    }
  }

  /**
   * Returns how much time was ever left out on this thread, for who takes times without a frame.
   */
  public long leftOutNanos() {
    return leftOutNanos;
  }

  /**
   * Takes a call off the stack, and ends everything that was begun after it and never ended. The
   * call itself ends with {@link #release}, when its handler has read what it needs.
   *
   * @return whether the frame was on this thread's stack
   */
  public boolean pop(Frame frame) {
    for (int i = depth - 1; i >= 0; i--) {
      if (frames[i] == frame) {
        depth = i;
        for (int above = used - 1; above > i; above--) {
          release(above);
        }
        used = i + 1;
        return true;
      }
    }
    return false;
  }

  /** Ends a call that was popped; where it goes on elsewhere, this thread lets go of it. */
  public void release(Frame frame) {
    if (depth < frames.length && frames[depth] == frame) {
      release(depth);
      used = depth;
    } else {
      letGo(frame);
    }
  }

  /** Pops and ends a call of which nothing more is asked. */
  public void end(Frame frame) {
    if (pop(frame)) {
      release(frame);
    }
  }

  private void release(int index) {
    Frame frame = frames[index];
    letGo(frame);
    if (frame.detached) {
      frames[index] = null;
    }
  }

  private static void letGo(Frame frame) {
    if (frame.detached) {
      frame.parent = null;
    } else if (frame.held) {
      frame.end();
    }
  }
}
