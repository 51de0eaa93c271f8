package io.metricsagent.bootstrap.snapshot;

import io.metricsagent.bootstrap.measures.AdapterMeasures;
import java.util.Map;

/**
 * One adapter series by the names of its figures: what was recorded for (adapter, model, operation,
 * experiment). A view for programs that need certain figures; the formats iterate over the series
 * instead.
 *
 * @param series a series of the kind {@link AdapterMeasures#KIND}
 */
public record AdapterSnapshot(SeriesSnapshot series) {
  /**
   * The error type of requests that the application cancelled before their end. They count neither
   * as successes nor as errors: the model is not at fault if a reader of a stream has read enough.
   */
  public static final String CANCELLED = Outcomes.CANCELLED;

  /** Returns {@code gen_ai.provider.name}, such as {@code openai}. */
  public String adapter() {
    return series.label(0);
  }

  /** Returns the requested model, or {@code null} when it is not known. */
  public String model() {
    return series.label(1);
  }

  /** Returns {@code gen_ai.operation.name}, such as {@code chat}, or {@code null}. */
  public String operation() {
    return series.label(2);
  }

  /** Returns the tag for A/B comparison, or {@code null}. */
  public String experiment() {
    return series.label(3);
  }

  /** Returns the times from the start of a call to its first attempt on the wire. */
  public HistogramSnapshot renderLatency() {
    return series.histogram(AdapterMeasures.RENDER_LATENCY);
  }

  /**
   * Returns the times on the wire, over all attempts of a call, without the waits between attempts.
   */
  public HistogramSnapshot callLatency() {
    return series.histogram(AdapterMeasures.CALL_LATENCY);
  }

  /** Returns the times from the last answer on the wire to the result. */
  public HistogramSnapshot parseLatency() {
    return series.histogram(AdapterMeasures.PARSE_LATENCY);
  }

  /**
   * Returns the times in the tools that an answer asked for, one value per answer. Tools run after
   * the call, so {@link #totalLatency} does not include these times.
   */
  public HistogramSnapshot toolLatency() {
    return series.histogram(AdapterMeasures.TOOL_LATENCY);
  }

  /** Returns the requests by how they ended. */
  public Outcomes outcomes() {
    return series.outcomes(AdapterMeasures.TOTAL_LATENCY);
  }

  /** Returns the latency of the requests that succeeded. */
  public HistogramSnapshot succeeded() {
    return outcomes().succeeded();
  }

  /** Returns the latency of the requests that failed, by error type. */
  public Map<String, HistogramSnapshot> failed() {
    return outcomes().failed();
  }

  /** Returns the latency of all requests, failed ones included. */
  public HistogramSnapshot totalLatency() {
    return outcomes().total();
  }

  /** Returns the latency of the requests that ended without an error: succeeded or cancelled. */
  public HistogramSnapshot withoutError() {
    return outcomes().withoutError();
  }

  /** Returns the times to the first piece of an answer; streamed requests only. */
  public HistogramSnapshot timeToFirstToken() {
    return series.histogram(AdapterMeasures.TIME_TO_FIRST_TOKEN);
  }

  /**
   * Returns the times from one piece of an answer to the next, without the time in which the
   * application processed a piece; streamed requests only.
   */
  public HistogramSnapshot interChunkLatency() {
    return series.histogram(AdapterMeasures.INTER_CHUNK_LATENCY);
  }

  /** Returns the input tokens of the requests, in whole units; cached ones included. */
  public HistogramSnapshot inputTokens() {
    return series.histogram(AdapterMeasures.INPUT_TOKENS);
  }

  /** Returns the output tokens of the requests, in whole units. */
  public HistogramSnapshot outputTokens() {
    return series.histogram(AdapterMeasures.OUTPUT_TOKENS);
  }

  /** Returns the sum of input tokens. */
  public long inputTokenCount() {
    return series.number(AdapterMeasures.INPUT_TOKENS);
  }

  /** Returns the sum of output tokens. */
  public long outputTokenCount() {
    return series.number(AdapterMeasures.OUTPUT_TOKENS);
  }

  /** Returns the input tokens that were served from a cache. */
  public long cachedTokens() {
    return series.number(AdapterMeasures.CACHED_TOKENS);
  }

  /**
   * Returns the number of answers that said "too many requests", including those that a retry made
   * good.
   */
  public long throttleCount() {
    return series.number(AdapterMeasures.THROTTLES);
  }

  /** Returns the number of requests, failed and cancelled ones included. */
  public long requestCount() {
    return series.number(AdapterMeasures.REQUESTS);
  }

  /** Returns the number of requests that the application cancelled before their end. */
  public long cancelledCount() {
    return series.number(AdapterMeasures.CANCELLED);
  }

  /** Returns the number of requests under way, or {@code null} where it is not known. */
  public Long activeRequests() {
    return series.numberOrNull(AdapterMeasures.ACTIVE_REQUESTS);
  }

  /** Returns the number of failed requests. */
  public long errorCount() {
    return series.number(AdapterMeasures.REQUEST_ERRORS);
  }

  /** Returns the number of errors by type. */
  public Map<String, Long> errorTypes() {
    return outcomes().errorTypes();
  }

  /**
   * Returns the duration of the first request that ended, in nanoseconds, or 0 if it ended before
   * the time that this snapshot covers. The first request of a process loads and links classes.
   */
  public long firstNanos() {
    Long first = series.numberOrNull(AdapterMeasures.FIRST_CALL);
    return first == null ? 0 : first;
  }

  /** Returns one of the requests, with its trace, or {@code null}. */
  public Exemplar exemplar() {
    return outcomes().exemplar();
  }
}
