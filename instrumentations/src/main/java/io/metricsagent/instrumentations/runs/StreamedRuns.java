package io.metricsagent.instrumentations.runs;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunFrame;
import io.metricsagent.instrumentations.calls.RunStream;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.function.Predicate;

/**
 * The handlers for runs whose answers go to callbacks, on other threads: one method starts the
 * stream of answers, and another one gets the complete answer of each round. The run ends with the
 * last round of its own stream, with an error of that stream, or when the application cancels it. A
 * stream that is started within a run, such as by a tool, ends no run.
 */
public final class StreamedRuns {
  private final EventStream events;

  /** What is known of a stream when it starts. */
  public interface Streams {
    /** Returns the scenario of the run that begins with the stream. */
    String scenario(Object stream);

    /** Returns the run that has begun already and goes on with the stream, or {@code null}. */
    Run begun(Object stream);
  }

  /** Makes the handlers. */
  public StreamedRuns(Telemetry telemetry) {
    events = telemetry.events();
  }

  /** Returns the handler of the method that starts a stream. */
  public SiteHandler start(Streams streams) {
    return new Start(streams);
  }

  /**
   * Returns the handler of the callback's method that gets the answer of a round.
   *
   * @param asksForTools tells of an answer whether it asks for tools, after which there may be
   *     another round
   */
  public SiteHandler round(Predicate<Object> asksForTools) {
    return new Round(asksForTools);
  }

  /** Returns the handler of the callback's method that gets the error. */
  public SiteHandler error() {
    return new Failure();
  }

  /** The application has cancelled a stream. */
  public static void cancelled(EventStream events, RunStream stream) {
    events.ended(stream.run(), System.nanoTime(), Run.CANCELLED, null, null);
  }

  private static RunStream current() {
    return FrameStack.current().stream();
  }

  private void failed(Run run, Throwable error) {
    events.ended(run, System.nanoTime(), Errors.outcome(error), error, null);
  }

  /** The thread works for the stream while the method makes the first request. */
  private final class Start extends SiteHandler {
    /**
     * A start.
     *
     * @param own the frame of the run; {@code null} if the stream begins within another run
     * @param before the stream that the thread worked for before
     */
    private record Started(RunFrame own, RunStream before) {}

    private final Own own;

    Start(Streams streams) {
      own = new Own(streams);
    }

    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      if (!events.isOn()) {
        return null;
      }
      RunFrame frame = (RunFrame) own.enter(self, arg0, arg1, arg2);
      RunStream stream = frame == null ? null : new RunStream(frame.run());
      return new Started(frame, FrameStack.current().follow(stream));
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      Started started = (Started) token;
      FrameStack.current().follow(started.before);
      return started.own == null ? result : own.exit(started.own, result, thrown);
    }
  }

  /** The part of a start that begins a run, or goes on with one. */
  private final class Own extends FrameHandler<RunFrame> {
    private final Streams streams;

    Own(Streams streams) {
      this.streams = streams;
    }

    @Override
    protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
      if (!RunHandler.mayBegin(stack)) {
        return null;
      }
      Run begun = streams.begun(self);
      Run run = begun == null ? events.newRun(streams.scenario(self), null) : begun;
      RunFrame frame = stack.pushRun(run);
      if (frame != null && begun == null) {
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
    /**
     * A round.
     *
     * @param requests the number of requests of the stream when the round's answer came
     * @param last whether the answer asks for nothing more
     */
    private record Answer(RunStream stream, int requests, boolean last) {}

    private final Predicate<Object> asksForTools;

    Round(Predicate<Object> asksForTools) {
      this.asksForTools = asksForTools;
    }

    @Override
    public Object enter(Object self, Object answer, Object arg1, Object arg2) {
      RunStream stream = events.isOn() ? current() : null;
      return stream == null
          ? null
          : new Answer(stream, stream.requests(), !asksForTools.test(answer));
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      Answer answer = (Answer) token;
      Run run = answer.stream.run();
      if (thrown != null) {
        failed(run, thrown);
      } else if (answer.last || answer.stream.requests() == answer.requests) {
        events.ended(run, System.nanoTime(), null, null, null);
      }
      return result;
    }
  }

  private final class Failure extends SiteHandler {
    @Override
    public Object enter(Object self, Object error, Object arg1, Object arg2) {
      RunStream stream = events.isOn() ? current() : null;
      if (stream != null && error instanceof Throwable failure) {
        failed(stream.run(), failure);
      }
      return null;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result;
    }
  }
}
