package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.events.Run;
import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * The woven calls under way on one thread, outermost first. The stack shows which call encloses
 * which, so that an operation counts once, however many layers it passes through.
 *
 * <p>Each depth keeps one frame of each kind for the next call of that kind ({@link Level}), so
 * nothing is allocated after the first calls of a thread.
 *
 * <p>A thread whose Java stack is exhausted may fail at any call, also within this class. Therefore
 * each change of {@link #depth} is a write of a field, and the next push or pop ends what such a
 * failure has left behind: frames above {@link #depth} that are held, and frames on top whose
 * method has returned.
 *
 * <p>The class is long because each kind of call has a method that pushes its frame.
 */
public final class FrameStack extends WeakReference<Thread> {
  /**
   * Stacks of some threads, each at the place that its thread's id gives it. Finding a stack here
   * takes half of the memory accesses of a {@link ThreadLocal}, where all other threads find
   * theirs. A thread keeps its place for life: common pools erase the thread-locals of their
   * threads, so a thread that lost its place within a call would get a second stack. A thread reads
   * its own place without order, because nobody else writes its stack there.
   */
  private static final FrameStack[] PLACES = new FrameStack[64];

  /**
   * An anonymous class and no lambda: the first lambda of a process loads many classes, and the
   * application would wait for them.
   */
  private static final ThreadLocal<FrameStack> CURRENT =
      new ThreadLocal<>() {
        @Override
        protected FrameStack initialValue() {
          Thread thread = Thread.currentThread();
          FrameStack made = new FrameStack(thread);
          takePlace(place(thread), made);
          return made;
        }
      };

  /** Calls at greater depths are not measured: a stack this deep is a recursion. */
  private static final int MAX_DEPTH = 256;

  /** The levels, outermost first; no element below {@link #used} is {@code null}. */
  private Level[] levels = new Level[4];

  /** The number of calls under way. A handler that fails writes the earlier value back. */
  int depth;

  /**
   * No frame from this depth on is held. Greater than {@link #depth} only after a handler has
   * failed.
   */
  private int used;

  /** The sum of all times that {@link #leaveOut} has left out on this thread. */
  private long leftOutNanos;

  /** The run that the thread works for now, outside of all frames; {@code null} if none. */
  private Run adopted;

  private boolean adoptedFromLibrary;

  /** The experiment that the thread works for now, outside of all frames; {@code null} if none. */
  private String adoptedExperiment;

  /** The stream that the thread starts or whose callback it runs; {@code null} if none. */
  private RunStream stream;

  /** Whether the agent is reading objects of the application on this thread. */
  boolean reading;

  private final LastAnswer lastAnswer = new LastAnswer();

  private FrameStack(Thread thread) {
    super(thread);
  }

  /** Returns this thread's stack. */
  public static FrameStack current() {
    Thread thread = Thread.currentThread();
    FrameStack found = PLACES[place(thread)];
    return found != null && found.refersTo(thread) ? found : CURRENT.get();
  }

  private static void takePlace(int place, FrameStack made) {
    if (isFree(place)) {
      synchronized (PLACES) {
        if (isFree(place)) {
          PLACES[place] = made;
        }
      }
    }
  }

  /** Returns whether nobody has a place, or its thread has ended and is collected. */
  private static boolean isFree(int place) {
    FrameStack other = PLACES[place];
    return other == null || other.refersTo(null);
  }

  private static int place(Thread thread) {
    return (int) thread.getId() & PLACES.length - 1;
  }

  /**
   * The agent begins to read objects of the application on this thread. What the application's
   * methods call meanwhile, such as the measured method itself, is not measured.
   *
   * @return whether the caller must call {@link #endReading}; false if the agent is reading already
   */
  public boolean beginReading() {
    boolean first = !reading;
    reading = true;
    return first;
  }

  /** The agent has read what it wanted. */
  public void endReading() {
    reading = false;
  }

  /** Returns whether the agent is reading objects of the application on this thread. */
  public boolean isReading() {
    return reading;
  }

  /** Returns the answer that arrived last on this thread. */
  public LastAnswer lastAnswer() {
    return lastAnswer;
  }

  /** Returns the run that this thread works for now; {@code null} for the run of the process. */
  public Run run() {
    Frame top = top();
    Run run = top == null ? null : top.run();
    return run == null ? adopted() : run;
  }

  /** Returns whether calls without another one around them have a run or an experiment. */
  boolean adoptsSomething() {
    return adopted != null || adoptedExperiment != null;
  }

  /** Returns the run that calls belong to which have no other call around them. */
  Run adopted() {
    if (adopted != null && adopted.hasEnded()) {
      adopted = null; // it ended on another thread, or its thread has not left it
    }
    return adopted;
  }

  /**
   * Lets this thread work for a run: calls that begin outside of all frames belong to it, until
   * this method is called again.
   *
   * @param run {@code null} for the run of the process
   * @return the run that the thread worked for before
   */
  public Run adopt(Run run) {
    Run before = adopted;
    adopted = run;
    return before;
  }

  /**
   * Returns the experiment that this thread works for now; {@code null} for the one that the
   * settings name.
   */
  public String experiment() {
    Frame top = top();
    String experiment = top == null ? null : top.experiment();
    return experiment == null ? adoptedExperiment : experiment;
  }

  /** Returns the experiment that calls are part of which have no other call around them. */
  String adoptedExperiment() {
    return adoptedExperiment;
  }

  /**
   * Lets this thread work for an experiment: calls that begin outside of all frames are part of it,
   * until this method is called again.
   *
   * @param experiment {@code null} for the one that the settings name
   * @return the experiment that the thread worked for before
   */
  String adoptExperiment(String experiment) {
    String before = adoptedExperiment;
    adoptedExperiment = experiment;
    return before;
  }

  /**
   * Returns the stream that a request which begins now belongs to; {@code null} if the request is
   * that of a tool, or of no stream with which a run ends.
   */
  public RunStream stream() {
    if (stream == null) {
      return null;
    }
    Frame frame = top();
    while (frame != null && !(frame instanceof RunFrame)) {
      if (frame instanceof ToolFrame) {
        return null;
      }
      frame = frame.parent;
    }
    return stream;
  }

  /**
   * Lets this thread work for a stream, until this method is called again.
   *
   * @param newStream {@code null} for a stream with which no run ends
   * @return the stream that the thread worked for before
   */
  public RunStream follow(RunStream newStream) {
    RunStream before = stream;
    stream = newStream;
    return before;
  }

  /**
   * Lets this thread work for the run that a library has put into a variable of the thread, unless
   * the thread works for a run already.
   *
   * @param run {@code null} if the library has cleared the variable
   */
  public void adoptFromLibrary(Run run) {
    if (run == null && adoptedFromLibrary) {
      adopted = null;
      adoptedFromLibrary = false;
    } else if (run != null && run() == null) {
      adopted = run;
      adoptedFromLibrary = true;
    }
  }

  /** Returns the innermost frame, or {@code null}. */
  public Frame top() {
    if (depth == 0) {
      return null;
    }
    Frame top = levels[depth - 1].current;
    return top.returned ? topOfUnreturned() : top;
  }

  /** Ends the frames on top whose methods have returned, which their handlers failed to end. */
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
   * @param root the outermost frame of the request that the new frame is a layer of, or {@code
   *     null} for a request of its own
   * @return {@code null} when the stack is too deep
   */
  public RequestFrame pushRequest(RequestFrame root, Object self, Object argument) {
    long now = System.nanoTime(); // first: the processor goes on while it reads the clock
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    RequestFrame frame = level.request(this);
    frame.begin(now, parent, root, self, argument);
    depth++;
    return frame;
  }

  /**
   * Begins an attempt on the wire.
   *
   * @param request the outermost frame of the request that the attempt belongs to
   * @param options the object by which the library identifies the request, or {@code null}
   * @return {@code null} when the stack is too deep
   */
  public AttemptFrame pushAttempt(RequestFrame request, Object options) {
    long now = System.nanoTime(); // first: the processor goes on while it reads the clock
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    AttemptFrame frame = level.attempt(this);
    frame.begin(now, parent, request, options);
    depth++;
    return frame;
  }

  /** Begins a layer above a client; returns {@code null} when the stack is too deep. */
  public LayerFrame pushLayer(Object self, Object argument) {
    long now = System.nanoTime(); // first: the processor goes on while it reads the clock
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    LayerFrame frame = level.layer(this);
    frame.begin(now, parent, self, argument);
    depth++;
    return frame;
  }

  /**
   * Begins a tool call.
   *
   * @param root the outermost layer of the tool call that the new frame is a layer of, or {@code
   *     null} for a call of its own
   * @param tool the name of the tool, or {@code null} if this layer does not know the name
   * @param self the object that runs the tool, or {@code null} if that does not matter
   * @param context the object that tells whether the call waits for somebody's consent, or {@code
   *     null}
   * @return {@code null} when the stack is too deep
   */
  public ToolFrame pushTool(ToolFrame root, String tool, Object self, Object context) {
    return pushTool(System.nanoTime(), root, tool, self, context);
  }

  /**
   * Begins a tool call as the other method does, for a caller that has read the clock already.
   *
   * @param now when the call began, by {@link System#nanoTime}
   */
  public ToolFrame pushTool(long now, ToolFrame root, String tool, Object self, Object context) {
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    ToolFrame frame = level.tool(this);
    frame.begin(now, parent, root, tool, self, context);
    depth++;
    return frame;
  }

  /**
   * Begins a loop of requests and tools, or one round of tools.
   *
   * @param asker the series of the request that asked for the tools; {@code null} takes the request
   *     whose answer arrives last before the first tool begins
   * @return {@code null} when the stack is too deep
   */
  public LoopFrame pushLoop(AdapterMetrics asker) {
    long now = System.nanoTime(); // first: the processor goes on while it reads the clock
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    LoopFrame frame = level.loop(this);
    frame.begin(now, parent, asker);
    depth++;
    return frame;
  }

  /**
   * Begins a request of a protocol.
   *
   * @param exchange the handler's own object for the request, or {@code null}
   * @param tool the tool that a server ran for the request, or {@code null}
   * @return {@code null} when the stack is too deep
   */
  public ExchangeFrame pushExchange(Object exchange, String tool) {
    long now = System.nanoTime(); // first: the processor goes on while it reads the clock
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    ExchangeFrame frame = level.exchange(this);
    frame.begin(now, parent, exchange, tool);
    depth++;
    return frame;
  }

  /** Begins a run; returns {@code null} when the stack is too deep. */
  public RunFrame pushRun(Run run) {
    long now = System.nanoTime(); // first: the processor goes on while it reads the clock
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    RunFrame frame = level.run(this);
    frame.begin(now, parent, run);
    depth++;
    return frame;
  }

  /** Begins a call of a mailbox; returns {@code null} when the stack is too deep. */
  MailboxFrame pushMailbox(Object owner, Object self, Object argument) {
    long now = System.nanoTime(); // first: the processor goes on while it reads the clock
    Frame parent = top();
    Level level = next();
    if (level == null) {
      return null;
    }
    MailboxFrame frame = level.mailbox(this);
    frame.begin(now, parent, owner, self, argument);
    depth++;
    return frame;
  }

  /**
   * Returns the level above the top, whose current frame is not held; {@code null} when the stack
   * is too deep. If the frame that begins there is never ended, the next push or pop finds it.
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

  /** Leaves time that has just passed on this thread out of the calls under way on the thread. */
  public void leaveOut(long nanos) {
    leftOutNanos += nanos;
    for (int i = 0; i < depth; i++) {
      levels[i].current.leaveOut(nanos);
    }
  }

  /**
   * Returns the sum of all times left out on this thread, for callers that measure time without a
   * frame.
   */
  public long leftOutNanos() {
    return leftOutNanos;
  }

  /**
   * Takes a call off the stack, and ends all calls that began after it and have not ended. The call
   * itself ends with {@link #release}, after its handler has read the frame.
   *
   * @return whether the frame was on this thread's stack
   */
  public boolean pop(Frame frame) {
    int top = depth - 1;
    if (depth == used && top >= 0 && levels[top].current == frame) { // almost always
      depth = top;
      return true;
    }
    return search(frame);
  }

  private boolean search(Frame frame) {
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

  /**
   * Ends a call that was popped. A detached call goes on, and the stack drops its reference to the
   * frame.
   */
  public void release(Frame frame) {
    if (depth < used && levels[depth].current == frame) {
      levels[depth].release();
      used = depth;
    } else {
      releaseLater(frame);
    }
  }

  /** Ends a call whose level was released before, or made another frame. */
  private static void releaseLater(Frame frame) {
    if (frame.isDetached()) {
      frame.parent = null;
      frame.stack = null;
    } else if (frame.held) {
      frame.end();
    }
  }

  /** Pops and ends a call whose frame nobody reads any more. */
  public void end(Frame frame) {
    if (pop(frame)) {
      release(frame);
    }
  }
}
