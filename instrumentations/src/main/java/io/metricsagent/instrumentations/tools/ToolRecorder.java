package io.metricsagent.instrumentations.tools;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.calls.RunContexts;
import io.metricsagent.instrumentations.calls.ToolFrame;
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

  /**
   * The series of the first call. Most handlers have one tool only, and comparing its name is
   * faster than looking the series up. The field is written once, so threads that run several tools
   * by one handler do not compete for it.
   */
  private volatile ToolMetrics first;

  /** The series of the first call of an experiment; likewise. */
  private volatile ToolMetrics firstOfExperiment;

  ToolRecorder(ToolDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    registry = telemetry.registry();
    spans = telemetry.spans();
    events = telemetry.events();
  }

  ToolDecoder decoder() {
    return decoder;
  }

  /** Returns the current span of this thread, for a call that may end on another thread. */
  TraceContext trace() {
    return spans.current();
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

  /** Records a call that has ended on any thread, given the run and the number of its frame. */
  void end(
      Run run,
      long operation,
      String tool,
      TraceContext trace,
      long nanos,
      boolean failed,
      Throwable failure,
      Object result) {
    end(run, operation, tool, null, trace, nanos, failed, failure, result);
  }

  /** Records a call of an experiment; {@code null} for that of the process. */
  void end(
      Run run,
      long operation,
      String tool,
      String experiment,
      TraceContext trace,
      long nanos,
      boolean failed,
      Throwable failure,
      Object result) {
    String code = failed ? code(failure) : null;
    ToolMetrics series = record(tool, experiment, nanos, code, failure);
    spans.exemplify(series, trace, nanos, code);
    if (events.isOn()) {
      tell(run, operation, tool, nanos, code, failure, result, trace);
    }
  }

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

  private ToolMetrics record(
      String tool, String experiment, long nanos, String code, Throwable failure) {
    if (code == null) {
      ToolMetrics series = series(tool, experiment);
      series.recordSuccess(nanos);
      return series;
    }
    String counted = decoder.countedAs(tool, failure);
    ToolMetrics series =
        experiment == null ? registry.tool(counted) : registry.tool(counted, experiment);
    series.recordFailure(nanos, code);
    return series;
  }

  private ToolMetrics series(String tool, String experiment) {
    if (experiment != null) {
      return ofExperiment(tool, experiment);
    }
    ToolMetrics known = first;
    if (known != null && known.isOf(tool)) {
      return known;
    }
    ToolMetrics series = registry.tool(tool);
    if (known == null) {
      first = series;
    }
    return series;
  }

  private ToolMetrics ofExperiment(String tool, String experiment) {
    ToolMetrics known = firstOfExperiment;
    if (known != null && known.isOf(tool, experiment)) {
      return known;
    }
    ToolMetrics series = registry.tool(tool, experiment);
    if (known == null) {
      firstOfExperiment = series;
    }
    return series;
  }
}
