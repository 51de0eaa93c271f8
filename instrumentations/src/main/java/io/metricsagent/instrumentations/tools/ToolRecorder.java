package io.metricsagent.instrumentations.tools;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.TraceContext;

/** Records tool calls that ended. Thread-safe. */
final class ToolRecorder {
  private final ToolDecoder decoder;
  private final Registry registry;
  private final ActiveSpans spans;

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
  }

  ToolDecoder decoder() {
    return decoder;
  }

  /** Returns the current span of this thread, for a call that may end on another thread. */
  TraceContext trace() {
    return spans.current();
  }

  /** Records a call that has ended on the thread where it began. */
  void end(String tool, long nanos, boolean failed, Throwable failure) {
    String code = failed ? code(failure) : null;
    ToolMetrics series = record(tool, nanos, code, failure);
    spans.exemplify(series, nanos, code);
  }

  /** Records a call that has ended on any thread. */
  void end(String tool, TraceContext trace, long nanos, boolean failed, Throwable failure) {
    String code = failed ? code(failure) : null;
    ToolMetrics series = record(tool, nanos, code, failure);
    spans.exemplify(series, trace, nanos, code);
  }

  private String code(Throwable failure) {
    String code = decoder.errorCode(failure);
    return code == null ? ToolSnapshot.NO_CODE : code;
  }

  private ToolMetrics record(String tool, long nanos, String code, Throwable failure) {
    if (code == null) {
      ToolMetrics series = series(tool);
      series.recordSuccess(nanos);
      return series;
    }
    ToolMetrics series = registry.tool(decoder.countedAs(tool, failure));
    series.recordFailure(nanos, code);
    return series;
  }

  private ToolMetrics series(String tool) {
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
}
