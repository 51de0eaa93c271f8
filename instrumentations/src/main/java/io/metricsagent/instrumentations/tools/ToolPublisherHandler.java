package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FramePublisher;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A method that returns a publisher of a tool's result: each subscription is a call. Some tools run
 * within the method itself, so its time counts; the time from its end to the subscription does not.
 * The rule must replace the result.
 */
public final class ToolPublisherHandler extends FrameHandler<ToolFrame> {
  private final ToolDecoder decoder;
  private final ToolRecorder recorder;

  /** Makes a handler for the tools that {@code decoder} can read. */
  public ToolPublisherHandler(ToolDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    recorder = new ToolRecorder(decoder, telemetry);
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    String tool = decoder.name(self, arg0);
    if (tool == null || isWithin(stack.top(), decoder, tool)) {
      return null;
    }
    ToolFrame frame = stack.pushTool(null, tool, self, arg2);
    if (frame != null) {
      frame.isFor(recorder.experiment());
      recorder.findRun(frame, arg2);
    }
    if (frame != null && recorder.hasContent()) {
      frame.keep(decoder.arguments(arg0, arg1));
    }
    return frame;
  }

  @Override
  protected Object ended(ToolFrame frame, Object result, Throwable thrown) {
    long nanos = System.nanoTime() - frame.startNanos();
    String tool = frame.tool();
    Object context = frame.context();
    Object arguments = frame.arguments();
    Throwable failure = frame.innerFailure();
    if (thrown != null) {
      recorder.end(frame, tool, nanos, true, thrown, null);
    }
    return thrown != null || result == null
        ? result
        : new Calls(recorder, tool, failure, context, arguments, nanos).inFrontOf(result);
  }

  /** Returns whether {@code top} is an outer layer of the same call, which records it. */
  private static boolean isWithin(Frame top, ToolDecoder decoder, String tool) {
    return top instanceof ToolFrame outer
        && !outer.isOver()
        && decoder.isSameTool(outer.self(), outer.root().tool(), tool);
  }

  /** The calls of one tool. */
  static final class Calls extends FramePublisher {
    private final ToolRecorder recorder;
    private final String tool;
    private final Throwable refusal;
    private final Object context;
    private final Object arguments;
    private final long nanosBefore;

    /**
     * Makes calls that began before the subscription.
     *
     * @param refusal why the tool will not run, or {@code null}
     * @param context the argument of {@link ToolDecoder#isPending}, or {@code null}
     * @param arguments the arguments of the call, or {@code null}
     * @param nanosBefore the time that the call took before the subscription
     */
    Calls(
        ToolRecorder recorder,
        String tool,
        Throwable refusal,
        Object context,
        Object arguments,
        long nanosBefore) {
      super(recorder.contexts());
      this.recorder = recorder;
      this.tool = tool;
      this.refusal = refusal;
      this.context = context;
      this.arguments = arguments;
      this.nanosBefore = nanosBefore;
    }

    @Override
    protected Signals begin(FrameStack stack) {
      if (isWithin(stack.top(), recorder.decoder(), tool)) {
        return null;
      }
      ToolFrame frame = stack.pushTool(null, tool, null, null);
      if (frame == null) {
        return null;
      }
      frame.detach(); // it may end on another thread
      frame.isFor(recorder.experiment());
      recorder.findRun(frame, context);
      recorder.began(frame, arguments);
      return new Call(frame);
    }

    @Override
    protected void subscribed(Signals signals) {
      FrameStack.current().end(((Call) signals).frame);
    }

    /** One call. Its frame is on the stack during the subscription. */
    private final class Call implements Signals {
      private final ToolFrame frame;
      private final ToolRecorder.OpenCall call;
      private final AtomicBoolean ended = new AtomicBoolean();

      Call(ToolFrame frame) {
        this.frame = frame;
        call = recorder.open(frame);
      }

      @Override
      public void next(Object result) {
        if (recorder.decoder().goesOn(result)) {
          frame.over();
          ended.set(true);
          return;
        }
        Throwable refused = refusal == null ? recorder.decoder().refusal(result) : refusal;
        end(recorder.decoder().isFailure(result, refused), refused, result);
      }

      @Override
      public void failed(Throwable error) {
        end(true, error, null);
      }

      @Override
      public void completed() {
        end(false, null, null);
      }

      @Override
      public void cancelled() {
        end(true, Errors.CANCELLED, null);
      }

      /**
       * Ends the call before the result is passed on: its consumer, on this stack, is not part of
       * the call.
       */
      private void end(boolean failed, Throwable error, Object result) {
        frame.over();
        if (ended.compareAndSet(false, true) && !recorder.decoder().isPending(context)) {
          long nanos = System.nanoTime() - frame.startNanos() + nanosBefore;
          recorder.end(call, nanos, failed, error, result);
        }
      }
    }
  }
}
