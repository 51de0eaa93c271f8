package io.metricsagent.bootstrap.measures;

import static io.metricsagent.bootstrap.measures.MeasureType.ALL_UNITS;
import static io.metricsagent.bootstrap.measures.MeasureType.CALLS;
import static io.metricsagent.bootstrap.measures.MeasureType.COUNTER;
import static io.metricsagent.bootstrap.measures.MeasureType.ERRORS;
import static io.metricsagent.bootstrap.measures.MeasureType.ERROR_TYPES;
import static io.metricsagent.bootstrap.measures.MeasureType.FIRST_TIME;
import static io.metricsagent.bootstrap.measures.MeasureType.LATENCY;
import static io.metricsagent.bootstrap.measures.MeasureType.LEVEL;
import static io.metricsagent.bootstrap.measures.MeasureType.OUTCOMES;
import static io.metricsagent.bootstrap.measures.MeasureType.UNITS;

import java.util.List;

/** Requests to a model. */
public final class AdapterMeasures {
  private static final String PHASE = "wink.adapter.phase.duration";
  private static final String TOKEN_USAGE = "gen_ai.client.token.usage";
  private static final String STREAMED = "streamed requests";

  private static final Kind.Builder ALL =
      new Kind.Builder(
          "adapters",
          false,
          List.of(
              Label.of("adapter", "adapter", "gen_ai.provider.name"),
              Label.of("model", "model", "gen_ai.request.model"),
              Label.of("operation", "operation", "gen_ai.operation.name")
                  .onStatsd(Label.StatsdTag.ON_GAUGES),
              Label.of("experiment", "experiment", "experiment").optionalColumn()));

  /** From the start of the call to its first attempt on the wire. */
  public static final Measure RENDER_LATENCY =
      ALL.add(
          phase("adapter.render_latency", "render")
              .prometheus("From the call to its first attempt."));

  /** Time on the wire, all attempts, without the waits between them. */
  public static final Measure CALL_LATENCY =
      ALL.add(
          phase("adapter.call_latency", "call")
              .prometheus("Time on the wire, all attempts.")
              .column(90, "call p50", "p50"));

  /** From the last answer on the wire to the result. */
  public static final Measure PARSE_LATENCY =
      ALL.add(
          phase("adapter.parse_latency", "parse")
              .prometheus("From the last answer to the result."));

  /** Time in the tools that an answer asked for, one value per answer; not part of the total. */
  public static final Measure TOOL_LATENCY =
      ALL.add(
          phase("adapter.tool_latency", "tool")
              .prometheus("Time in the tools that an answer asked for, after its request.")
              .known("where the library runs the tools itself"));

  /** A whole request, by how it ended. */
  public static final Measure TOTAL_LATENCY =
      ALL.add(
          Measure.time(OUTCOMES, "adapter.total_latency")
              .prometheus("A whole request, failed ones too.")
              .otlp(
                  "gen_ai.client.operation.duration",
                  "wink.adapter.duration",
                  "GenAI operation duration")
              .column(50, "p50 ms", "p50")
              .column(60, "p95 ms", "p95")
              .column(70, "p99 ms", "p99"));

  /** From the start of the call to the first piece of a streamed answer. */
  public static final Measure TIME_TO_FIRST_TOKEN =
      ALL.add(
          Measure.time(LATENCY, "adapter.time_to_first_token")
              .prometheus("Until a streamed answer begins.")
              .otlp(
                  "gen_ai.client.operation.time_to_first_chunk",
                  "Time to the first chunk of a streamed answer")
              .column(100, "ttft p50", "p50")
              .known(STREAMED));

  /**
   * From one piece of a streamed answer to the next, without the time that the application takes to
   * process a piece.
   */
  public static final Measure INTER_CHUNK_LATENCY =
      ALL.add(
          Measure.time(LATENCY, "adapter.inter_chunk_latency")
              .prometheus("From one piece of an answer to the next.")
              .otlp(
                  "gen_ai.client.operation.time_per_output_chunk",
                  "Time from one chunk of a streamed answer to the next")
              .known(STREAMED));

  /** Input and output tokens. */
  public static final Measure TOKENS =
      ALL.add(
          Measure.of(ALL_UNITS, "adapter.tokens", Measure.TOKENS)
              .json(null)
              .prometheus("Input and output tokens."));

  /** Tokens of a request, cached ones included. */
  public static final Measure INPUT_TOKENS =
      ALL.add(
          tokens("adapter.input_tokens", "input")
              .prometheus("Input tokens, cached ones included.")
              .column(110, "in tokens"));

  /** Tokens of an answer. */
  public static final Measure OUTPUT_TOKENS =
      ALL.add(
          tokens("adapter.output_tokens", "output")
              .prometheus("Output tokens.")
              .column(120, "out tokens"));

  /** Input tokens served from a cache. */
  public static final Measure CACHED_TOKENS =
      ALL.add(
          Measure.of(COUNTER, "adapter.cached_tokens", Measure.TOKENS)
              .prometheusIfPositive("Input tokens that came from a cache.")
              .otlpIfPositive("Input tokens served from a cache")
              .column(130, "cached"));

  /** Requests, failed and cancelled ones included. */
  public static final Measure REQUESTS =
      ALL.add(
          Measure.of(CALLS, "adapter.requests", "{request}")
              .json("request_count")
              .prometheus("Requests, failed and cancelled ones included.")
              .otlp("Operations, failed and cancelled ones included")
              .column(10, "requests"));

  /** Requests that failed. */
  public static final Measure REQUEST_ERRORS =
      ALL.add(
          Measure.of(ERRORS, "adapter.errors", "{error}")
              .json("error_count")
              .prometheus("Requests that failed.")
              .otlpByErrorType("Operations that failed")
              .column(20, "errors"));

  /** Answers that said "too many requests", including those that a retry made good. */
  public static final Measure THROTTLES =
      ALL.add(
          Measure.of(COUNTER, "adapter.throttles", "{response}")
              .json("throttle_count")
              .prometheus("Answers that said: too many requests.")
              .otlp("Answers that said too many requests")
              .column(30, "throttles"));

  /** Requests that the application cancelled before their end. */
  public static final Measure CANCELLED =
      ALL.add(
          Measure.of(MeasureType.CANCELLED, "adapter.cancelled", "{request}")
              .json("cancelled_count")
              .prometheus("Requests that were given up before their end.")
              .otlpIfPositive("Operations that were given up before their end")
              .optionalColumn(40, "cancelled"));

  /**
   * Streams and futures under way: requests that have not ended although their methods have
   * returned.
   */
  public static final Measure ACTIVE_REQUESTS =
      ALL.add(
          Measure.of(LEVEL, "adapter.active_requests", "{request}")
              .sparse()
              .prometheus("Requests under way now.")
              .otlp("Operations that have begun and not ended yet")
              .optionalColumn(45, "active")
              .known("streams and futures whose request says its model"));

  /**
   * The duration of the first request that ended. It is long, since the first request of a process
   * loads classes.
   */
  public static final Measure FIRST_CALL =
      ALL.add(
          Measure.time(FIRST_TIME, "adapter.first_call")
              .json("first_call_ms")
              .prometheus("The first request, which loads classes.")
              .otlp("What the first operation took, which loads and links classes")
              .optionalColumn(80, "first ms"));

  /** Requests that failed, by type. */
  public static final Measure REQUEST_ERROR_TYPES =
      ALL.add(Measure.of(ERROR_TYPES, "adapter.error_types", "{error}").jsonOnly());

  /** The kind of all adapter series. */
  public static final Kind KIND = ALL.build();

  private AdapterMeasures() {}

  private static Measure.Builder phase(String name, String phase) {
    return Measure.time(LATENCY, name)
        .otlp(PHASE, PHASE, "Time in one phase of an operation")
        .attribute("phase", phase);
  }

  private static Measure.Builder tokens(String name, String type) {
    return Measure.of(UNITS, name, Measure.TOKENS)
        .otlp(TOKEN_USAGE, "wink.adapter.token.usage", "Number of input and output tokens used")
        .attribute("gen_ai.token.type", type);
  }
}
