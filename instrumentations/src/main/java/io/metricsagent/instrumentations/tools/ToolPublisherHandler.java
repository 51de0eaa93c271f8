package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.TraceContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A method that returns a publisher of a tool's result: each subscription is a call. Some tools run
 * within the method already; the time from the method's end to the subscription is not part of the
 * call. The rule must replace the result.
 */
public final class ToolPublisherHandler extends FrameHandler<ToolFrame> {
  private final ToolDecoder decoder;
  private final ToolRecorder recorder;

  /** Makes a handler for the tools that {@code decoder} understands. */
  public ToolPublisherHandler(ToolDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    recorder = new ToolRecorder(decoder, telemetry);
  }

  @Override
  protected ToolFrame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    String tool = decoder.name(self, arg0);
    return tool == null || isWithin(stack.top(), decoder, tool)
        ? null
        : stack.pushTool(null, tool, self, arg2);
  }

  @Override
  protected Object ended(ToolFrame frame, Object result, Throwable thrown) {
    long nanos = System.nanoTime() - frame.startNanos();
    String tool = frame.tool();
    Object context = frame.context();
    Throwable failure = frame.innerFailure();
    if (thrown != null) {
      recorder.end(tool, nanos, true, thrown);
    }
    return thrown != null || result == null
        ? result
        : new Calls(recorder, tool, failure, context, nanos).inFrontOf(result);
  }

  /** Returns whether {@code top} is an outer layer of the same call, which records it. */
  private static boolean isWithin(Frame top, ToolDecoder decoder, String tool) {
    return top instanceof ToolFrame outer
        && !outer.isOver()
        && decoder.isSameTool(outer.self(), outer.root().tool(), tool);
  }

  /** The calls of one tool. */
  static final class Calls extends WatchedPublisher {
    private final ToolRecorder recorder;
    private final String tool;
    private final Throwable refusal;
    private final Object context;
    private final long nanosBefore;

    /**
     * Calls that began before they were subscribed to.
     *
     * @param refusal why the tool will not run, or {@code null}
     * @param context what {@link ToolDecoder#isPending} looks at, or {@code null}
     * @param nanosBefore how long the call took before
     */
    Calls(ToolRecorder recorder, String tool, Throwable refusal, Object context, long nanosBefore) {
      this.recorder = recorder;
      this.tool = tool;
      this.refusal = refusal;
      this.context = context;
      this.nanosBefore = nanosBefore;
    }

    @Override
    protected Signals subscribing() {
      FrameStack stack = FrameStack.current();
      if (isWithin(stack.top(), recorder.decoder(), tool)) {
        return null;
      }
      ToolFrame frame = stack.pushTool(null, tool, null, null);
      if (frame == null) {
        return null;
      }
      frame.detach(); // its end comes on any thread
      return new Call(frame);
    }

    @Override
    protected void subscribed(Signals signals) {
      FrameStack.current().end(((Call) signals).frame);
    }

    /** One call. Its frame is on the stack while it is subscribed to. */
    private final class Call implements Signals {
      private final ToolFrame frame;
      private final TraceContext trace = recorder.trace();
      private final AtomicBoolean ended = new AtomicBoolean();

      Call(ToolFrame frame) {
        this.frame = frame;
      }

      @Override
      public void next(Object result) {
        if (recorder.decoder().goesOn(result)) {
          frame.over();
          ended.set(true);
          return;
        }
        Throwable refused = refusal == null ? recorder.decoder().refusal(result) : refusal;
        end(recorder.decoder().isFailure(result, refused), refused);
      }

      @Override
      public void failed(Throwable error) {
        end(true, error);
      }

      @Override
      public void completed() {
        end(false, null);
      }

      @Override
      public void cancelled() {
        end(true, Errors.CANCELLED);
      }

      /**
       * The subscriber may call tools while it handles the result; they are not part of the call.
       */
      private void end(boolean failed, Throwable error) {
        frame.over();
        if (ended.compareAndSet(false, true) && !recorder.decoder().isPending(context)) {
          long nanos = System.nanoTime() - frame.startNanos() + nanosBefore;
          recorder.end(tool, trace, nanos, failed, error);
        }
      }
    }
  }
}
