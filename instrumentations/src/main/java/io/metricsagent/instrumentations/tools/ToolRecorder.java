package io.metricsagent.instrumentations.tools;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.calls.RunContexts;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.TraceContext;

/** Records tool calls that ended. Thread-safe. */
final class ToolRecorder {
  private final ToolDecoder decoder;
  private final Registry registry;
  private final ActiveSpans spans;
  private final EventStream events;
  private final CallContexts contexts;

  /**
   * The series of the first call. Most handlers have one tool only, and comparing its name is
   * faster than looking the series up. The field is written once, so threads that run several tools
   * by one handler do not compete for it.
   */
  private volatile ToolMetrics first;

  ToolRecorder(ToolDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    registry = telemetry.registry();
    spans = telemetry.spans();
    events = telemetry.events();
    contexts = telemetry.contexts();
  }

  CallContexts contexts() {
    return contexts;
  }

  /** Returns the experiment that the application says on this thread, or {@code null}. */
  String experiment() {
    return contexts.get(ContextField.EXPERIMENT);
  }

  ToolDecoder decoder() {
    return decoder;
  }

  /**
   * A call has begun, with these arguments of the woven method. A call on a thread that works for
   * no run finds its run by one of them.
   *
   * @param request the library's object for the call, whose content is read only if that is on
   */
  void began(ToolFrame frame, Object request, Object arg1, Object arg2) {
    if (!events.isOn()) {
      return;
    }
    if (frame.run() == null) {
      Run run = RunContexts.get(arg1);
      frame.belongsTo(run == null ? RunContexts.get(arg2) : run);
    }
    ToolEvents.began(events, frame, decoder.arguments(request, arg1));
  }

  /** Finds the run of a call on a thread that works for none, by what the library passes along. */
  void findRun(ToolFrame frame, Object context) {
    if (events.isOn() && frame.run() == null) {
      frame.belongsTo(RunContexts.get(context));
    }
  }

  /** A call has begun, with arguments that were found before; {@code null} unless content is on. */
  void began(ToolFrame frame, Object arguments) {
    if (events.isOn()) {
      ToolEvents.began(events, frame, arguments);
    }
  }

  /** Returns whether arguments are wanted. */
  boolean hasContent() {
    return events.hasContent();
  }

  /** Records a call that has ended on the thread where it began. */
  void end(
      ToolFrame frame, String tool, long nanos, boolean failed, Throwable failure, Object result) {
    String code = failed ? code(failure) : null;
    ToolMetrics series = record(tool, frame.experiment(), nanos, code, failure);
    spans.exemplify(series, nanos, code);
    if (events.isOn()) {
      TraceContext trace = events.wants(frame.run()) ? spans.current() : null;
      tell(frame.run(), frame.operation(), tool, nanos, code, failure, result, trace);
    }
  }

  /** Records a call that has ended on any thread, given what is known since its beginning. */
  void end(OpenCall call, long nanos, boolean failed, Throwable failure, Object result) {
    String code = failed ? code(failure) : null;
    ToolMetrics series = record(call.tool(), call.experiment(), nanos, code, failure);
    spans.exemplify(series, call.trace(), nanos, code);
    if (events.isOn()) {
      tell(call.run(), call.operation(), call.tool(), nanos, code, failure, result, call.trace());
    }
  }

  /** Returns a call that goes on when its frame has ended. */
  OpenCall open(ToolFrame frame) {
    return new OpenCall(
        frame.run(), frame.operation(), frame.tool(), frame.experiment(), spans.current());
  }

  /**
   * A call that may end on another thread than the one that it began on.
   *
   * @param run {@code null} for the run of the process
   * @param operation its number in events; 0 if it has none
   * @param experiment {@code null} for that of the settings
   * @param trace the span in which it began, or {@code null}
   */
  record OpenCall(Run run, long operation, String tool, String experiment, TraceContext trace) {}

  private void tell(
      Run run,
      long operation,
      String tool,
      long nanos,
      String code,
      Throwable failure,
      Object result,
      TraceContext trace) {
    String counted = code == null ? tool : decoder.countedAs(tool, failure);
    ToolEvents.ended(events, run, operation, counted, nanos, code, failure, result, trace);
  }

  private String code(Throwable failure) {
    String code = decoder.errorCode(failure);
    return code == null ? ToolSnapshot.NO_CODE : code;
  }

  private ToolMetrics record(String tool, String said, long nanos, String code, Throwable failure) {
    String experiment = registry.experiment(said);
    if (code == null) {
      ToolMetrics series = series(tool, experiment);
      series.recordSuccess(nanos);
      return series;
    }
    ToolMetrics series = registry.tool(decoder.countedAs(tool, failure), experiment);
    series.recordFailure(nanos, code);
    return series;
  }

  private ToolMetrics series(String tool, String experiment) {
    ToolMetrics known = first;
    if (known != null && known.isOf(tool, experiment)) {
      return known;
    }
    ToolMetrics series = registry.tool(tool, experiment);
    if (known == null) {
      first = series;
    }
    return series;
  }
}
