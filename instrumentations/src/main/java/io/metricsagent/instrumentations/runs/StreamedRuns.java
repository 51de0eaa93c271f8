package io.metricsagent.instrumentations.runs;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunFrame;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.function.Function;

/**
 * The handlers for runs whose answers go to callbacks, on other threads: one method begins the run,
 * and another one gets the complete answer of each round. The run ends with the first round that
 * makes no further request, with an error, or when the application cancels the stream.
 */
public final class StreamedRuns {
  private final EventStream events;

  /** Makes the handlers. */
  public StreamedRuns(Telemetry telemetry) {
    events = telemetry.events();
  }

  /**
   * Returns the handler of the method that begins the run.
   *
   * @param scenario returns the scenario, given the receiver
   */
  public SiteHandler start(Function<Object, String> scenario) {
    return new Start(scenario);
  }

  /** Returns the handler of the callback's method that gets the answer of a round. */
  public SiteHandler round() {
    return new Round();
  }

  /** Returns the handler of the callback's method that gets the error. */
  public SiteHandler error() {
    return new Failure();
  }

  /** The application has cancelled a stream; {@code run} is the stream's, or {@code null}. */
  public static void cancelled(EventStream events, Run run) {
    if (run != null && run.endsWithStream()) {
      events.ended(run, System.nanoTime(), Run.CANCELLED, null, null);
    }
  }

  /** Returns the run of this thread if it ends with its stream, or {@code null}. */
  private Run streamed() {
    Run run = events.isOn() ? FrameStack.current().run() : null;
    return run != null && run.endsWithStream() ? run : null;
  }

  private void failed(Run run, Throwable error) {
    events.ended(run, System.nanoTime(), Errors.outcome(error), error, null);
  }

  private final class Start extends FrameHandler<RunFrame> {
    private final Function<Object, String> scenario;

    Start(Function<Object, String> scenario) {
      this.scenario = scenario;
    }

    @Override
    protected RunFrame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
      if (!events.isOn() || !RunHandler.mayBegin(stack)) {
        return null;
      }
      Run run = events.newRun(scenario.apply(self), null);
      run.endWithStream();
      RunFrame frame = stack.pushRun(run);
      if (frame != null) {
        events.began(run);
      }
      return frame;
    }

    @Override
    protected Object ended(RunFrame frame, Object result, Throwable thrown) {
      if (thrown != null) {
        failed(frame.run(), thrown);
      }
      return result;
    }
  }

  private final class Round extends SiteHandler {
    /** A round, with the number of requests that the run had made when the round's answer came. */
    private record Answer(Run run, int requests) {}

    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      Run run = streamed();
      return run == null ? null : new Answer(run, run.requests());
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      Answer answer = (Answer) token;
      if (thrown != null) {
        failed(answer.run, thrown);
      } else if (answer.run.requests() == answer.requests) {
        events.ended(answer.run, System.nanoTime(), null, null, null);
      }
      return result;
    }
  }

  private final class Failure extends SiteHandler {
    @Override
    public Object enter(Object self, Object error, Object arg1, Object arg2) {
      Run run = streamed();
      if (run != null && error instanceof Throwable failure) {
        failed(run, failure);
      }
      return null;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result;
    }
  }
}
