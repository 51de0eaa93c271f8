package io.metricsagent.instrumentations.libraries.api;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.util.LinkedHashMap;
import java.util.Map;

/** The handler of a run that an application holds. Thread-safe. */
final class RunHandle extends StandIn {
  /** How many values of an event are kept. */
  private static final int MAX_DATA = 50;

  private final EventStream events;
  private final Run run;

  /** The stack of the thread that began the run; {@code null} if the run is not the holder's. */
  private final FrameStack beganOn;

  private volatile Throwable failure;

  RunHandle(Object nothing, EventStream events, Run run, FrameStack beganOn) {
    super(nothing);
    this.events = events;
    this.run = run;
    this.beganOn = beganOn;
  }

  @Override
  protected void calling(String method, Object[] args) {
    switch (method) {
      case "record" -> events.recorded(run, (String) args[0], copy((Map<?, ?>) args[1]));
      case "set" -> {
        if (args[0] != null) {
          run.set((String) args[0], (double) args[1]);
        }
      }
      case "failed" -> failure = (Throwable) args[0];
      case "close" -> end();
      default -> {} // the id is returned below; a newer interface may have more methods
    }
  }

  @Override
  protected Object returned(String method, Object result) {
    return method.equals("id") ? run.id() : result;
  }

  /** Values become texts, numbers or truth values, which do not change any more. */
  private static Map<String, Object> copy(Map<?, ?> data) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (data != null) {
      for (Map.Entry<?, ?> entry : data.entrySet()) {
        if (copy.size() == MAX_DATA) {
          break;
        }
        Object value = entry.getValue();
        boolean plain = value == null || value instanceof Number || value instanceof Boolean;
        copy.put(String.valueOf(entry.getKey()), plain ? value : value.toString());
      }
    }
    return copy;
  }

  /** Ends the run. A thread that still works for it afterwards works for no run. */
  private void end() {
    if (beganOn == null) {
      return;
    }
    Throwable error = failure;
    events.ended(run, System.nanoTime(), error == null ? null : Errors.outcome(error), error, null);
    FrameStack here = FrameStack.current();
    if (here == beganOn && here.run() == run) {
      here.adopt(null);
    }
  }
}
