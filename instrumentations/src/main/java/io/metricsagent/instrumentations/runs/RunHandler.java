package io.metricsagent.instrumentations.runs;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.ExchangeFrame;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.RunContexts;
import io.metricsagent.instrumentations.calls.RunFrame;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A method that begins a run, unless it is called within one. The run ends with the method's
 * result: if that is a future, when the future completes; if it is a publisher, each subscription
 * is a run. The rule must replace the result.
 */
public final class RunHandler extends FrameHandler<RunFrame> {
  private final RunDecoder decoder;
  private final EventStream events;

  /** Makes a handler for the runs that {@code decoder} understands. */
  public RunHandler(RunDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    events = telemetry.events();
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    if (!events.isOn() || !mayBegin(stack)) {
      return null;
    }
    String scenario = decoder.scenario(self, arg0, arg1, arg2);
    if (scenario == null) {
      return null;
    }
    String conversation = decoder.conversation(self, arg0, arg1, arg2);
    Run run = events.newRun(scenario, conversation);
    String id = decoder.id(self, arg0, arg1, arg2);
    if (id != null) {
      run.identify(id);
    }
    Object passedAlong = decoder.passedAlong(self, arg0, arg1, arg2);
    RunFrame frame = stack.pushRun(run);
    if (frame != null && decoder.isDeferred(self, arg0, arg1, arg2)) {
      frame.deferred(passedAlong);
    } else if (frame != null) {
      RunContexts.put(passedAlong, run);
      events.began(run);
    }
    return frame;
  }

  /**
   * Returns whether a run may begin on this thread. Within a request or a layer of one, a frame of
   * a run would hide the request from the layers within it.
   */
  static boolean mayBegin(FrameStack stack) {
    Frame top = stack.top();
    return stack.run() == null
        && (top == null
            || top instanceof ToolFrame
            || top instanceof MailboxFrame
            || top instanceof ExchangeFrame);
  }

  @Override
  protected Object ended(RunFrame frame, Object result, Throwable thrown) {
    long now = System.nanoTime();
    Run run = frame.run();
    if (frame.isDeferred()) {
      return thrown == null && result != null ? later(run, frame.passedAlong(), result) : result;
    }
    if (thrown == null && result instanceof CompletableFuture<?> future) {
      return FollowedFuture.of(
          future,
          (value, error) -> {
            end(run, System.nanoTime(), value, error);
            return value;
          });
    }
    if (thrown == null && result instanceof CompletionStage<?> stage) {
      stage.whenComplete((value, error) -> end(run, System.nanoTime(), value, error));
      return result;
    }
    Object watched = thrown == null && result != null ? goingOn(run, result) : result;
    if (watched == result && (thrown != null || result == null || !decoder.goesOn(result, run))) {
      end(run, now, result, thrown);
    }
    return watched;
  }

  /** Returns an object whose subscriptions are runs, in place of {@code result}. */
  private Object later(Run model, Object passedAlong, Object result) {
    Object watched = watched(RunPublisher.later(events, model, passedAlong), result);
    if (watched == result) {
      decoder.deferred(result, model.scenario(), model.conversation());
    }
    return watched;
  }

  /** Returns a publisher whose first subscription goes on with the run; else {@code result}. */
  private Object goingOn(Run run, Object result) {
    return RunUni.isOne(result)
        ? new RunUni(events, run).inFrontOf(result)
        : watched(RunPublisher.goingOn(events, run), result);
  }

  private static Object watched(RunPublisher runs, Object result) {
    if (RunGenerator.isGenerator(result)) {
      return runs.inFrontOfGenerator(result);
    }
    return result instanceof Flow.Publisher<?> publisher
        ? runs.inFrontOfFlow(publisher)
        : runs.inFrontOf(result);
  }

  private void end(Run run, long now, Object value, Throwable error) {
    events.ended(
        run,
        now,
        error == null ? null : Errors.outcome(error),
        error,
        events.hasContent() ? value : null);
  }
}
