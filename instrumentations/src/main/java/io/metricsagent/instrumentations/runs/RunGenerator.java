package io.metricsagent.instrumentations.runs;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.lang.reflect.Method;
import java.util.concurrent.Future;

/**
 * A generator of LangGraph4j in front of another one. Whoever asks for the next element works for
 * the run meanwhile; the run ends with the last element, an error or a cancellation.
 */
final class RunGenerator extends StandIn {
  private static final String GENERATOR = "org.bsc.async.AsyncGenerator";
  private static final String CANCELLABLE = "Cancellable";
  private static final Accessor DONE = Accessor.path("isDone()");
  private static final Accessor FUTURE = Accessor.path("future()");
  private static final Accessor FAILED = Accessor.path("isError()");

  private final EventStream events;
  private final Run run;

  RunGenerator(Object generator, EventStream events, Run run) {
    super(generator);
    this.events = events;
    this.run = run;
  }

  /** Returns whether an object is a generator that can be cancelled. */
  static boolean isGenerator(Object object) {
    return isGenerator(object.getClass());
  }

  private static boolean isGenerator(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        if (i.getName().equals(GENERATOR + '$' + CANCELLABLE) || isGenerator(i)) {
          return true;
        }
      }
    }
    return false;
  }

  Object inFront() {
    return as(CANCELLABLE);
  }

  /** The default methods ask the stand-in for each element, so that all elements are seen. */
  @Override
  protected boolean keepsDefaults() {
    return true;
  }

  @Override
  protected Call around(Method method) {
    return switch (method.getName()) {
      case "next" -> new Next();
      case "cancel" -> new Cancel();
      default -> null;
    };
  }

  private final class Next implements Call {
    private Run before;
    private boolean attached;

    @Override
    public void before(Object[] args) {
      before = FrameStack.current().adopt(run);
      attached = true;
    }

    @Override
    public Object after(Object element, Throwable thrown) {
      if (attached) {
        FrameStack.current().adopt(before);
      }
      if (thrown != null) {
        failed(thrown);
      } else if (Boolean.TRUE.equals(DONE.read(element))) {
        events.ended(run, System.nanoTime(), null, null, null);
      } else if (Boolean.TRUE.equals(FAILED.read(element))) {
        Throwable error = FUTURE.read(element) instanceof Future<?> f ? Errors.failureOf(f) : null;
        failed(error == null ? Errors.ofType("error") : error);
      }
      return element;
    }
  }

  private void failed(Throwable error) {
    events.ended(run, System.nanoTime(), Errors.outcome(error), error, null);
  }

  private final class Cancel implements Call {
    @Override
    public void before(Object[] args) {
      events.ended(run, System.nanoTime(), Run.CANCELLED, null, null);
    }

    @Override
    public Object after(Object result, Throwable thrown) {
      return result;
    }
  }
}
