package io.metricsagent.bootstrap.snapshot;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One adapter series: what was recorded for (adapter, model, operation, experiment).
 *
 * <p>Every request ends in {@code succeeded} or in one histogram of {@code failed}, so counts of
 * requests and errors always agree with the total latency.
 *
 * @param adapter {@code gen_ai.provider.name}, such as {@code openai}
 * @param model the model asked for, or {@code null} when it is not known
 * @param operation {@code gen_ai.operation.name}, such as {@code chat}, or {@code null} when it is
 *     not known
 * @param experiment tag for A/B comparison, or {@code null}
 * @param renderLatency from the start of the call to its first attempt on the wire
 * @param callLatency time on the wire, all attempts, without the waits between them
 * @param parseLatency from the last answer on the wire to the result
 * @param toolLatency time in the tools that an answer asked for, once an answer; tools run after
 *     the call, so this is no part of {@link #totalLatency}
 * @param succeeded total latency of the requests that succeeded
 * @param failed total latency of the requests that failed, by error type, and of those that were
 *     {@link #CANCELLED}
 * @param timeToFirstToken streamed calls only
 * @param interChunkLatency streamed calls only: from one piece of an answer to the next, without
 *     the time that the application took for a piece
 * @param inputTokens tokens a request, in whole units; cached ones included
 * @param outputTokens tokens a request, in whole units
 * @param cachedTokens input tokens served from a cache
 * @param throttleCount answers that said "too many requests", also those that were retried away
 * @param firstNanos what the first request took that ended, in nanoseconds; 0 where that was before
 *     the time of this snapshot. The first one of a process loads and links classes
 * @param exemplar one of the requests and its trace, or {@code null}
 */
public record AdapterSnapshot(
    String adapter,
    String model,
    String operation,
    String experiment,
    HistogramSnapshot renderLatency,
    HistogramSnapshot callLatency,
    HistogramSnapshot parseLatency,
    HistogramSnapshot toolLatency,
    HistogramSnapshot succeeded,
    Map<String, HistogramSnapshot> failed,
    HistogramSnapshot timeToFirstToken,
    HistogramSnapshot interChunkLatency,
    HistogramSnapshot inputTokens,
    HistogramSnapshot outputTokens,
    long cachedTokens,
    long throttleCount,
    long firstNanos,
    Exemplar exemplar) {

  /**
   * The type in {@code failed} of requests that the application gave up before their end. They are
   * neither a success nor an error: a reader who has enough is no fault of the model's.
   */
  public static final String CANCELLED = "cancelled";

  /** Copies {@code failed}. */
  public AdapterSnapshot {
    failed = Outcomes.sorted(failed);
  }

  /** Returns the latency of all requests, failed ones included. */
  public HistogramSnapshot totalLatency() {
    return Outcomes.total(succeeded, failed);
  }

  /** Returns the latency of the requests that ended without an error: succeeded or cancelled. */
  public HistogramSnapshot withoutError() {
    HistogramSnapshot cancelled = failed.get(CANCELLED);
    return cancelled == null ? succeeded : succeeded.plus(cancelled);
  }

  /** Returns the number of requests, failed and cancelled ones included. */
  public long requestCount() {
    return succeeded.count() + Outcomes.failures(failed);
  }

  /** Returns the number of requests that the application gave up before their end. */
  public long cancelledCount() {
    HistogramSnapshot cancelled = failed.get(CANCELLED);
    return cancelled == null ? 0 : cancelled.count();
  }

  /** Returns the number of failed requests. */
  public long errorCount() {
    return Outcomes.failures(failed) - cancelledCount();
  }

  /** Returns the number of errors by type. */
  public Map<String, Long> errorTypes() {
    Map<String, Long> types = new TreeMap<>(Outcomes.counts(failed));
    types.remove(CANCELLED);
    return Collections.unmodifiableMap(types);
  }

  /** Returns the sum of input tokens. */
  public long inputTokenCount() {
    return inputTokens.sumUnits();
  }

  /** Returns the sum of output tokens. */
  public long outputTokenCount() {
    return outputTokens.sumUnits();
  }

  /** Returns whether nothing was recorded. */
  public boolean isIdle() {
    return requestCount() == 0
        && throttleCount == 0
        && firstNanos == 0
        && toolLatency.isEmpty()
        && interChunkLatency.isEmpty();
  }

  SeriesKey key() {
    return new SeriesKey(adapter, model, operation, experiment);
  }

  AdapterSnapshot plus(AdapterSnapshot other) {
    return new AdapterSnapshot(
        adapter,
        model,
        operation,
        experiment,
        renderLatency.plus(other.renderLatency),
        callLatency.plus(other.callLatency),
        parseLatency.plus(other.parseLatency),
        toolLatency.plus(other.toolLatency),
        succeeded.plus(other.succeeded),
        Outcomes.plus(failed, other.failed),
        timeToFirstToken.plus(other.timeToFirstToken),
        interChunkLatency.plus(other.interChunkLatency),
        inputTokens.plus(other.inputTokens),
        outputTokens.plus(other.outputTokens),
        cachedTokens + other.cachedTokens,
        throttleCount + other.throttleCount,
        Math.max(firstNanos, other.firstNanos),
        Exemplar.younger(exemplar, other.exemplar));
  }

  AdapterSnapshot minus(AdapterSnapshot earlier) {
    return new AdapterSnapshot(
        adapter,
        model,
        operation,
        experiment,
        renderLatency.minus(earlier.renderLatency),
        callLatency.minus(earlier.callLatency),
        parseLatency.minus(earlier.parseLatency),
        toolLatency.minus(earlier.toolLatency),
        succeeded.minus(earlier.succeeded),
        Outcomes.minus(failed, earlier.failed),
        timeToFirstToken.minus(earlier.timeToFirstToken),
        interChunkLatency.minus(earlier.interChunkLatency),
        inputTokens.minus(earlier.inputTokens),
        outputTokens.minus(earlier.outputTokens),
        cachedTokens - earlier.cachedTokens,
        throttleCount - earlier.throttleCount,
        earlier.firstNanos == 0 ? firstNanos : 0,
        Exemplar.since(exemplar, earlier.exemplar));
  }
}
