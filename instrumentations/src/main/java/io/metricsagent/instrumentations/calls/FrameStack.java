package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.Arrays;

/**
 * The woven calls under way on one thread, outermost first. It says what encloses what, so that one
 * operation is counted once whatever number of layers it passes through.
 *
 * <p>Each depth keeps one frame of each kind for the next call of that kind ({@link Level}): after
 * the first calls of a thread nothing is allocated.
 *
 * <p>A thread whose own stack is exhausted may fail at any call, also within this class. So each
 * change of {@link #depth} is a write of a field, and what such a failure leaves behind is ended by
 * the next push or pop: frames above {@link #depth} that are held, and frames on top whose method
 * has returned.
 */
public final class FrameStack {
  /** No lambda: it might be the first of the process, and the application waits for it to load. */
  private static final ThreadLocal<FrameStack> CURRENT =
      new ThreadLocal<>() {
        @Override
        protected FrameStack initialValue() {
          return new FrameStack();
        }
      };

  /** Deeper calls are not measured: a stack of this depth is a recursion. */
  private static final int MAX_DEPTH = 256;

  /** From the outermost depth on; all below {@link #used} are there. */
  private Level[] levels = new Level[4];

  /**
   * How many calls are under way. A handler that failed sets it back to what it was, by writing the
   * field.
   */
  int depth;

  /** No frame from here on is held; more than {@link #depth} only after a handler failed. */
  private int used;

  /** The sum of all {@link #leaveOut} of this thread. */
  private long leftOutNanos;

  /** The series of the request that answered last on this thread. */
  private AdapterMetrics answerer;

  /** The identity of that answer; a reference would keep it alive. */
  private int answer;

  private FrameStack() {}

  /** Returns this thread's stack. */
  public static FrameStack current() {
    return CURRENT.get();
  }

  /**
   * Remembers which request answered on this thread, because tools may follow.
   *
   * @param response {@code null} if it is not known
   */
  public void answered(AdapterMetrics series, Object response) {
    answerer = series;
    answer = System.identityHashCode(response);
  }

  /** Returns the series of the request that answered last on this thread, or {@code null}. */
  public AdapterMetrics answerer() {
    return answerer;
  }

  /** Returns that series if {@code response} was its answer, else {@code null}. */
  public AdapterMetrics answererOf(Object response) {
    return response != null && answer == System.identityHashCode(response) ? answerer : null;
  }

  /** Returns the innermost frame, or {@code null}. */
  public Frame top() {
    if (depth == 0) {
      return null;
    }
    Frame top = levels[depth - 1].current;
    return top.returned ? topOfUnreturned() : top;
  }

  /** Ends the frames on top whose method has returned: their handlers failed to do so. */
  private Frame topOfUnreturned() {
    while (depth > 0 && levels[depth - 1].current.returned) {
      depth--;
      levels[depth].release();
    }
    return depth == 0 ? null : levels[depth - 1].current;
  }

  /**
   * Begins a request to a model.
   *
   * @param root the outermost frame of the request that this is a layer of, or {@code null} if it
   *     is a request of its own
   * @return {@code null} when the stack is too deep
   */
  public RequestFrame pushRequest(RequestFrame root, Object self, Object argument) {
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    RequestFrame frame = level.request(this);
    frame.begin(parent, root, self, argument);
    depth++;
    return frame;
  }

  /**
   * Begins an attempt on the wire.
   *
   * @param request the outermost frame of the request that it belongs to
   * @param options the object by which the library knows the request, or {@code null}
   * @return {@code null} when the stack is too deep
   */
  public AttemptFrame pushAttempt(RequestFrame request, Object options) {
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    AttemptFrame frame = level.attempt(this);
    frame.begin(parent, request, options);
    depth++;
    return frame;
  }

  /** Begins a layer above a client; returns {@code null} when the stack is too deep. */
  public LayerFrame pushLayer(Object self, Object argument) {
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    LayerFrame frame = level.layer(this);
    frame.begin(parent, self, argument);
    depth++;
    return frame;
  }

  /**
   * Begins a tool call.
   *
   * @param root the outermost layer of the call that this is a layer of, or {@code null} if it is a
   *     call of its own
   * @param tool its name, or {@code null} if this layer does not know it
   * @param self the object that runs it, or {@code null} if that does not matter
   * @param context what tells whether the call waits for somebody's consent, or {@code null}
   * @return {@code null} when the stack is too deep
   */
  public ToolFrame pushTool(ToolFrame root, String tool, Object self, Object context) {
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    ToolFrame frame = level.tool(this);
    frame.begin(parent, root, tool, self, context);
    depth++;
    return frame;
  }

  /**
   * Begins a loop of requests and tools, or one round of tools.
   *
   * @param asker the series of the request that asked for the tools, or {@code null} if the one
   *     that answers last before the first tool did
   * @return {@code null} when the stack is too deep
   */
  public LoopFrame pushLoop(AdapterMetrics asker) {
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    LoopFrame frame = level.loop(this);
    frame.begin(parent, asker);
    depth++;
    return frame;
  }

  /**
   * Begins a request of a protocol.
   *
   * @param exchange what the handler knows of it, or {@code null}
   * @param tool the tool that a server ran for it, or {@code null}
   * @return {@code null} when the stack is too deep
   */
  public ExchangeFrame pushExchange(Object exchange, String tool) {
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    ExchangeFrame frame = level.exchange(this);
    frame.begin(parent, exchange, tool);
    depth++;
    return frame;
  }

  /** Begins a call of a mailbox; returns {@code null} when the stack is too deep. */
  MailboxFrame pushMailbox(SiteHandler owner, Object self, Object argument) {
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    MailboxFrame frame = level.mailbox(this);
    frame.begin(parent, owner, self, argument);
    depth++;
    return frame;
  }

  /**
   * Returns the level above the top, whose current frame is not held; {@code null} when the stack
   * is too deep. From now on the frame that begins there is found if it is never ended.
   */
  private Level next() {
    if (depth == levels.length) {
      if (depth == MAX_DEPTH) {
        return null;
      }
      levels = Arrays.copyOf(levels, depth * 2);
    }
    Level level = levels[depth];
    if (level == null) {
      level = new Level();
      levels[depth] = level;
    }
    if (depth < used) {
      level.release();
    } else {
      used = depth + 1;
    }
    return level;
  }

  /** Takes time that just passed on this thread out of the calls under way on it. */
  public void leaveOut(long nanos) {
    leftOutNanos += nanos;
    for (int i = 0; i < depth; i++) {
      levels[i].current.leaveOut(nanos);
    }
  }

  /** Returns how much time was ever left out on this thread, for times taken without a frame. */
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
      if (levels[i].current == frame) {
        depth = i;
        for (int above = used - 1; above > i; above--) {
          levels[above].release();
        }
        used = i + 1;
        return true;
      }
    }
    return false;
  }

  /** Ends a call that was popped; where it goes on elsewhere, this thread lets go of it. */
  public void release(Frame frame) {
    if (depth < used && levels[depth].current == frame) {
      levels[depth].release();
      used = depth;
    } else if (frame.isDetached()) {
      frame.parent = null;
      frame.stack = null;
    } else if (frame.held) {
      frame.end();
    }
  }

  /** Pops and ends a call of which nothing more is asked. */
  public void end(Frame frame) {
    if (pop(frame)) {
      release(frame);
    }
  }
}
