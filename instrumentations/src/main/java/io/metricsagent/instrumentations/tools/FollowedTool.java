package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.results.CallbackArgument;
import io.metricsagent.instrumentations.results.FollowedCall;
import io.metricsagent.instrumentations.results.OpenCall;
import io.metricsagent.instrumentations.results.ResultFamily;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call of a tool that its result or a callback ends. */
final class FollowedTool implements FollowedCall {
  /** What a frame goes on with that is not a call, but the rest of one that was suspended. */
  private static final Object REST = new Object();

  private final ToolRecorder recorder;
  private final ToolFrame frame;
  private final String tool;
  private final Object self;

  /** What a rule has said, or {@code null}. */
  private final String statedExperiment;

  /** That of the method's call; {@code null} for that of the settings. */
  private final String experiment;

  /** What the decoder keeps of the call for its end. */
  private final Object kept;

  /** How long the method itself took; 0 before its end. */
  private final long nanosOfMethod;

  private boolean followed;
  private CallbackArgument callback;
  private Running running;

  /**
   * Prepares following a call of its own.
   *
   * @param now the end of the method, or the start of the call before the method's end
   */
  FollowedTool(ToolFrame frame, ToolRecorder recorder, long now) {
    this.frame = frame;
    this.recorder = recorder;
    tool = frame.tool();
    self = frame.self();
    kept = frame.keptForEnd();
    statedExperiment = frame.statedExperiment();
    experiment = frame.experiment();
    nanosOfMethod = now - frame.startNanos();
  }

  /** Returns what the caller of the tool gets in place of a result that has a family. */
  Object follow(Object result, Class<?> declared) {
    return ResultFamily.of(result).follow(result, declared, this);
  }

  /** Returns whether the call goes on after its method; if it does not, its caller records it. */
  boolean isFollowed() {
    return followed;
  }

  /**
   * Begins the rest of a call that was suspended. It is no call, but what it calls is not part of
   * the call around it.
   */
  static ToolFrame rest(FrameStack stack, Object self) {
    ToolFrame frame = stack.pushTool(null, null, self, null);
    if (frame != null) {
      frame.over();
      frame.goesOnWith(REST);
    }
    return frame;
  }

  /** Returns what the method gets in place of an argument. */
  static Object watched(ToolFrame frame, ToolRecorder recorder, Object given, Class<?> declared) {
    CallbackArgument callback =
        frame.goesOnWith() == null ? CallbackArgument.of(given, declared) : null;
    if (callback == null) {
      return given;
    }
    if (!frame.isRoot() || !callback.canBeWatched()) {
      return given;
    }
    FollowedTool call = new FollowedTool(frame, recorder, frame.startNanos());
    call.callback = callback;
    call.running = call.running();
    frame.goesOnWith(call);
    return callback.watched(call.running);
  }

  /** A method that goes on with something has ended, at {@code now}. */
  static void methodEnded(ToolFrame frame, long now, Object result, Throwable thrown) {
    if (!(frame.goesOnWith() instanceof FollowedTool call)) {
      return;
    }
    if (frame.parent() != null) {
      frame.parent().toolEnded(now);
    }
    if (call.callback.goesOn(result, thrown)) {
      return;
    }
    if (thrown == null) {
      call.running.ended(result);
    } else {
      call.running.failed(thrown);
    }
  }

  private Running running() {
    return new Running(this, recorder.open(frame), frame.startNanos());
  }

  @Override
  public CallContexts contexts() {
    return recorder.contexts();
  }

  @Override
  public OpenCall goesOn(boolean streamed, boolean mayBeDropped) {
    followed = true;
    return running();
  }

  @Override
  public boolean hasAnswered() {
    return frame.innerFailure() != null;
  }

  @Override
  public void waitsForSubscribers() {
    followed = true;
  }

  @Override
  public OpenCall begins(FrameStack stack, boolean streamed) {
    ToolFrame subscription = stack.pushTool(null, tool, null, null);
    if (subscription == null) {
      return null;
    }
    try {
      subscription.detach(); // it may end on another thread
      isFor(subscription);
      recorder.began(subscription, null);
      Running call =
          new Running(this, recorder.open(subscription), subscription.startNanos() - nanosOfMethod);
      call.frame = subscription;
      return call;
    } catch (Throwable fault) {
      stack.end(subscription);
      throw fault;
    }
  }

  /** The rule's experiment wins, then what the subscriber says, then what the method said. */
  private void isFor(ToolFrame subscription) {
    subscription.isFor(recorder.experiment());
    subscription.isFor(statedExperiment);
    if (subscription.experiment() == null) {
      subscription.isFor(experiment);
    }
  }

  @Override
  public void begun(OpenCall call) {
    FrameStack.current().end(((Running) call).frame);
  }

  /** A call that goes on. It has all that its record needs, because frames are used again. */
  private static final class Running implements OpenCall {
    private final FollowedTool method;
    private final ToolRecorder.OpenCall call;
    private final long startNanos;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** The frame of a subscription, which is on the stack while somebody subscribes. */
    private ToolFrame frame;

    Running(FollowedTool method, ToolRecorder.OpenCall call, long startNanos) {
      this.method = method;
      this.call = call;
      this.startNanos = startNanos;
    }

    @Override
    public void piece(Object piece) {
      // The call ends with the last piece.
    }

    @Override
    public void handled(long nanos) {
      // A tool has no times of pieces.
    }

    @Override
    public void ended(Object value) {
      Throwable told = failure(value, null);
      end(told != null || method.recorder.decoder().isFailure(value, null), told, value);
    }

    @Override
    public void failed(Throwable error) {
      boolean cancelled = Errors.unwrapped(error) instanceof CancellationException;
      Throwable told = cancelled ? Errors.CANCELLED : failure(null, error);
      end(true, told == null ? error : told, null);
    }

    @Override
    public void cancelled() {
      end(true, Errors.CANCELLED, null);
    }

    private Throwable failure(Object value, Throwable error) {
      return method.recorder.decoder().failure(method.self, method.kept, value, error);
    }

    private void end(boolean failed, Throwable error, Object value) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      if (frame != null) {
        frame.over();
      }
      long nanos = System.nanoTime() - startNanos;
      method.recorder.end(call, nanos, failed, error, value);
    }
  }
}
