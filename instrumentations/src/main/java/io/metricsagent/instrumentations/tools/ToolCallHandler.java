package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.results.CallbackArgument;
import io.metricsagent.instrumentations.results.ResultFamily;
import io.metricsagent.instrumentations.results.Stages;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * A method that runs a tool.
 *
 * <p>A tool frame directly inside another frame of the same tool, or a frame of a layer that does
 * not know the tool's name, is an inner layer of the same call. Its exception tells the kind of
 * failure that the outer layer turns into text. Another tool inside is a call of its own.
 */
public final class ToolCallHandler extends FrameHandler<ToolFrame> {
  private final ToolDecoder decoder;
  private final ToolRecorder recorder;
  private final Stages stages = new Stages();

  /** Makes a handler for the tools that {@code decoder} can read. */
  public ToolCallHandler(ToolDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    recorder = new ToolRecorder(decoder, telemetry);
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    long now = System.nanoTime(); // first: the processor goes on while it reads the clock
    Frame top = stack.top();
    ToolFrame outer = top instanceof ToolFrame call && !call.isOver() ? call : null;
    String tool = decoder.name(self, arg0, arg1, arg2);
    if (tool == null && outer == null) {
      return null;
    }
    if (outer != null
        && (tool == null || decoder.isSameTool(outer.self(), outer.root().tool(), tool))) {
      return kept(stack.pushTool(now, outer.root(), tool, self, null), arg0, arg1, arg2);
    }
    if (top != null) {
      top.toolBegan(now);
    }
    ToolFrame frame = kept(stack.pushTool(now, null, tool, self, null), arg0, arg1, arg2);
    if (frame != null) {
      frame.isFor(recorder.experiment());
      decoder.begun(frame, self, arg0, arg1, arg2);
      recorder.began(frame, arg0, arg1, arg2);
    }
    return frame;
  }

  @Override
  protected Frame begin(
      FrameStack stack, Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
    if (!CallbackArgument.isRest(continuation)) {
      return begin(stack, self, arg0, arg1, arg2);
    }
    ToolFrame rest = FollowedTool.rest(stack, self);
    if (rest != null) {
      rest.isFor(recorder.experiment());
      decoder.begun(rest, self, arg0, arg1, arg2);
    }
    return rest;
  }

  private ToolFrame kept(ToolFrame frame, Object arg0, Object arg1, Object arg2) {
    if (frame != null) {
      frame.keepForEnd(decoder.kept(arg0, arg1, arg2));
    }
    return frame;
  }

  @Override
  public Object followArgument(Object token, Object argument, Class<?> declared) {
    return FollowedTool.watched((ToolFrame) token, recorder, argument, declared);
  }

  @Override
  protected Object ended(ToolFrame frame, Object result, Class<?> declared) {
    if (result == null
        || frame.goesOnWith() != null
        || !frame.isRoot()
        || ResultFamily.of(result) == null) {
      return ended(frame, result, (Throwable) null);
    }
    FollowedTool call = new FollowedTool(frame, recorder, System.nanoTime());
    Object given = result;
    try {
      given = call.follow(result, declared);
    } finally {
      if (!call.isFollowed()) {
        ended(frame, result, (Throwable) null);
      } else if (frame.parent() != null) {
        frame.parent().toolEnded(System.nanoTime());
      }
    }
    return given;
  }

  @Override
  protected Object ended(ToolFrame frame, Object result, Throwable thrown) {
    long now = System.nanoTime();
    if (frame.goesOnWith() != null) {
      FollowedTool.methodEnded(frame, now, result, thrown);
      return result;
    }
    Throwable failure = failure(frame, thrown);
    Object self = frame.self();
    Object kept = frame.keptForEnd();
    if (!frame.isRoot()) {
      if (frame.parent() instanceof ToolFrame outer) {
        outer.failedWithin(decoder.handedOut(failure));
      }
      return result;
    }
    if (frame.parent() != null) {
      frame.parent().toolEnded(now);
    }
    if (thrown == null && stages.has(result)) {
      ToolRecorder.OpenCall call = recorder.open(frame);
      long start = frame.startNanos();
      ((CompletionStage<?>) result)
          .whenComplete(
              (value, error) -> {
                Throwable told = decoder.failure(self, kept, value, error);
                recorder.end(
                    call,
                    System.nanoTime() - start,
                    told != null || failed(value, error, error),
                    told == null ? error : told,
                    value);
              });
    } else {
      Throwable told = decoder.failure(self, kept, result, thrown);
      recorder.end(
          frame,
          frame.tool(),
          now - frame.startNanos(),
          told != null || failed(result, thrown, failure),
          told == null ? failure : told,
          result);
    }
    return result;
  }

  private boolean failed(Object result, Throwable thrown, Throwable failure) {
    return thrown != null || decoder.isFailure(result, failure);
  }

  /**
   * Returns the failure of an inner layer if there is one: it says more than the library's own
   * exception.
   */
  private static Throwable failure(ToolFrame frame, Throwable thrown) {
    if (!frame.knowsFailure()) {
      return thrown;
    }
    Throwable inner = frame.innerFailure();
    if (Errors.isOfType(inner)) {
      return inner;
    }
    Future<?> answer = frame.answer();
    if (thrown == null) {
      boolean given = answer == null || (answer.isDone() && !answer.isCancelled());
      return given ? inner : Errors.TIMED_OUT;
    }
    Throwable lost = Errors.failureOf(answer);
    return lost == null ? thrown : lost;
  }
}
