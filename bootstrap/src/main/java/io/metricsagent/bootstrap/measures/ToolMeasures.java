package io.metricsagent.bootstrap.measures;

import static io.metricsagent.bootstrap.measures.MeasureType.CALLS;
import static io.metricsagent.bootstrap.measures.MeasureType.ERRORS;
import static io.metricsagent.bootstrap.measures.MeasureType.ERROR_CODES;
import static io.metricsagent.bootstrap.measures.MeasureType.ERROR_RATE;
import static io.metricsagent.bootstrap.measures.MeasureType.OUTCOMES;
import static io.metricsagent.bootstrap.measures.MeasureType.SUCCESSES;

import java.util.List;

/** Calls of tools. */
public final class ToolMeasures {
  private static final String CALL = "{call}";

  private static final Kind.Builder ALL =
      new Kind.Builder(
          "tools",
          false,
          List.of(
              Label.of("tool_name", "tool", "gen_ai.tool.name"),
              Label.of("experiment", "experiment", "experiment").optionalColumn()));

  /** The time of a call, by how the call ended. */
  public static final Measure LATENCY =
      ALL.add(
          Measure.time(OUTCOMES, "tool.latency")
              .prometheus("A tool call, failed ones too.")
              .otlp("gen_ai.execute_tool.duration", "wink.tool.duration", "Tool execution duration")
              .column(40, "p50 ms", "p50")
              .column(50, "p95 ms", "p95")
              .column(60, "p99 ms", "p99"));

  /** Calls: successes and failures. */
  public static final Measure CALL_COUNT =
      ALL.add(
          Measure.of(CALLS, "tool.calls", CALL)
              .json("call_count")
              .prometheus("Tool calls, failed ones included.")
              .otlp("Tool calls, failed ones included")
              .column(10, "calls"));

  /** Calls that succeeded. */
  public static final Measure SUCCESS_COUNT =
      ALL.add(Measure.of(SUCCESSES, "tool.success_count", CALL).jsonOnly());

  /** Calls that failed. */
  public static final Measure FAILURE_COUNT =
      ALL.add(
          Measure.of(ERRORS, "tool.failures", CALL)
              .json("failure_count")
              .prometheus("Tool calls that failed.")
              .otlp("Tool calls that failed")
              .column(20, "failures"));

  /** Failures divided by calls. */
  public static final Measure FAILURE_RATE =
      ALL.add(
          Measure.of(ERROR_RATE, "tool.failure_rate", "1").jsonOnly().column(30, "failure rate"));

  /** Failures by code; those without a code are left out. */
  public static final Measure FAILURE_CODES =
      ALL.add(
          Measure.of(ERROR_CODES, "tool.error_codes", CALL).jsonOnly().column(70, "error codes"));

  /** The kind of all tool series. */
  public static final Kind KIND = ALL.build();

  private ToolMeasures() {}
}
