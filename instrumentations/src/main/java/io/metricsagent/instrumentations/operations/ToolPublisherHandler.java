package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.tracing.TraceContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A method that returns a cold publisher of a tool's result: each subscription is a call. The rule
 * must replace the result.
 */
public final class ToolPublisherHandler extends SiteHandler {
  private final ToolDecoder decoder;
  private final ToolRecorder recorder;

  /** Makes a handler for the tools that {@code decoder} understands. */
  public ToolPublisherHandler(ToolDecoder decoder, Recording recording) {
    this.decoder = decoder;
    recorder = new ToolRecorder(decoder, recording);
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return decoder.name(self, arg0);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return thrown != null || result == null
        ? result
        : new Calls(recorder, (String) token).inFrontOf(result);
  }

  /** The calls of one tool. */
  static final class Calls extends WatchedPublisher {
    private final ToolRecorder recorder;
    private final String tool;
    private final Throwable refusal;
    private final long begunNanos;

    Calls(ToolRecorder recorder, String tool) {
      this(recorder, tool, null, Frame.UNKNOWN);
    }

    /**
     * A call that began before it was subscribed to.
     *
     * @param refusal why the tool will not run, or {@code null}
     */
    Calls(ToolRecorder recorder, String tool, Throwable refusal, long begunNanos) {
      this.recorder = recorder;
      this.tool = tool;
      this.refusal = refusal;
      this.begunNanos = begunNanos;
    }

    @Override
    protected Signals subscribing() {
      FrameStack stack = FrameStack.current();
      Frame top = stack.top();
      if (top != null
          && top.kind == Frame.Kind.TOOL
          && recorder.decoder().isSameTool(top.self, top.root.tool, tool)) {
        return null; // the outer layer sees all
      }
      Frame frame = stack.push(Frame.Kind.TOOL, null, null, null);
      if (frame == null) {
        return null;
      }
      frame.tool = tool;
      return new Call(frame, begunNanos == Frame.UNKNOWN ? frame.startNanos : begunNanos);
    }

    @Override
    protected void subscribed(Signals signals) {
      Frame frame = ((Call) signals).frame;
      if (FrameStack.current().pop(frame)) {
        frame.end();
      }
    }

    /** One call; its frame is only there while it is subscribed to. */
    private final class Call implements Signals {
      private final Frame frame;
      private final long start;
      private final TraceContext trace;
      private final AtomicBoolean ended = new AtomicBoolean();

      Call(Frame frame, long start) {
        this.frame = frame;
        this.start = start;
        trace = recorder.trace();
      }

      @Override
      public void next(Object result) {
        end(recorder.decoder().isFailure(result, refusal), refusal);
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

      private void end(boolean failed, Throwable error) {
        if (!ended.compareAndSet(false, true)) {
          return;
        }
        recorder.end(tool, trace, System.nanoTime() - start, failed, error);
      }
    }
  }
}
