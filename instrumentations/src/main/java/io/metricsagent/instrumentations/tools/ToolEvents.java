package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.tracing.TraceContext;

/** Tells the event stream of tool calls. Stateless. */
public final class ToolEvents {
  private ToolEvents() {}

  /** A call has begun; its frame is the outermost one. */
  static void began(EventStream events, ToolFrame frame, Object arguments) {
    if (!events.wants(frame.run())) {
      return;
    }
    frame.number(events.nextOperation());
    publishBegan(
        events, frame.run(), frame.operation(), frame.tool(), frame.startNanos(), arguments);
  }

  private static void publishBegan(
      EventStream events, Run run, long operation, String tool, long nanos, Object arguments) {
    CallEvent event = events.event(EventKind.TOOL_BEGAN, run, operation, nanos);
    if (event != null) {
      event.ofTool(tool);
      events.publish(events.hasContent() ? event.with(arguments) : event);
    }
  }

  /**
   * A call has ended just now.
   *
   * @param operation its number; 0 if its beginning was not told
   * @param code the error code, or {@code null} after a success
   * @param trace the span that the call was part of, or {@code null}
   */
  static void ended(
      EventStream events,
      Run run,
      long operation,
      String tool,
      long nanos,
      String code,
      Throwable failure,
      Object result,
      TraceContext trace) {
    if (run == null) {
      events.worked();
    }
    if (!events.wants(run)) {
      return;
    }
    long now = System.nanoTime();
    long number = operation;
    if (number == 0) {
      number = events.nextOperation();
      publishBegan(events, run, number, tool, now - nanos, null);
    }
    CallEvent event = events.event(EventKind.TOOL_ENDED, run, number, now);
    if (event != null) {
      event.ofTool(tool).took(nanos).ended(code, failure);
      if (trace != null) {
        event.within(trace.traceId(), trace.spanId());
      }
      events.publish(events.hasContent() ? event.with(result) : event);
    }
  }

  /** The library has not run a tool, because it does not exist. */
  public static void unknown(EventStream events, Run run) {
    if (events.isOn()) {
      ended(
          events, run, 0, ServedTools.UNKNOWN_TOOL, 0, ServedTools.NO_SUCH_TOOL, null, null, null);
    }
  }
}
