package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.Attempts;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.InnerRequest;
import io.metricsagent.instrumentations.calls.PhaseTimes;
import io.metricsagent.instrumentations.calls.RequestEvents;
import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.TraceContext;

/**
 * Writes requests that ended to their series. Thread-safe.
 *
 * <p>Phases: render is the time before the first attempt on the wire; call is the time of all
 * attempts without the waits between them; parse is the time after the last attempt, and a stream
 * has none, because it is parsed while it arrives. If a library shows no attempts, the whole
 * request counts as call. A phase that has methods of the application's own is what they take.
 * Total is wall-clock time, including waits.
 */
final class RequestWriter {
  private static final String UNKNOWN_PROVIDER = "unknown";
  private static final long UNKNOWN = Tokens.UNKNOWN;

  private final Registry registry;
  private final ActiveSpans spans;
  private final EventStream events;

  /**
   * The series of the first request. Most handlers ask one model only, and comparing the names is
   * faster than looking the series up. The field is written once, so threads that ask several
   * models by one handler do not compete for it.
   */
  private volatile AdapterMetrics first;

  /** The series of the first request of an experiment; likewise. */
  private volatile AdapterMetrics firstOfExperiment;

  RequestWriter(Telemetry telemetry) {
    registry = telemetry.registry();
    spans = telemetry.spans();
    events = telemetry.events();
  }

  EventStream events() {
    return events;
  }

  /** Returns the current trace of this thread, for a request that ends on another thread. */
  TraceContext trace() {
    return spans.current();
  }

  /**
   * Returns the series of a request.
   *
   * @param experiment {@code null} for that of the process
   */
  AdapterMetrics series(String provider, String model, String operation, String experiment) {
    if (experiment != null) {
      return ofExperiment(provider, model, operation, experiment);
    }
    AdapterMetrics known = first;
    if (known != null && known.isOf(provider, model, operation)) {
      return known;
    }
    AdapterMetrics series = registry.adapter(provider, model, operation);
    if (known == null) {
      first = series;
    }
    return series;
  }

  private AdapterMetrics ofExperiment(
      String provider, String model, String operation, String experiment) {
    AdapterMetrics known = firstOfExperiment;
    if (known != null && known.isOf(provider, model, operation, experiment)) {
      return known;
    }
    AdapterMetrics series = registry.adapter(provider, model, operation, experiment);
    if (known == null) {
      firstOfExperiment = series;
    }
    return series;
  }

  /**
   * Records a request.
   *
   * @param frame the outermost frame of the request
   * @param firstTokenNanos when the first content arrived, or {@link Tokens#UNKNOWN}
   * @param response the response, or {@code null} if there is none
   * @param error the error that the request failed with, or {@code null}
   */
  void write(
      RequestFrame frame,
      String operation,
      long endNanos,
      long firstTokenNanos,
      Object response,
      Throwable error) {
    AdapterMetrics series = seriesOf(frame.facts(), operation, frame.experiment());
    String outcome = error == null ? null : Errors.outcome(error);
    long start = frame.startNanos();
    int throttles = countThrottles(series, frame.facts().attempts(), error);
    record(series, frame.facts(), start, endNanos, firstTokenNanos, outcome);
    long total = total(start, endNanos);
    if (frame.isDetached()) {
      spans.exemplify(series, frame.trace(), total, outcome);
    } else {
      spans.exemplify(series, total, outcome);
    }
    FrameStack.current().lastAnswer().arrived(series, response);
    if (events.isOn()) {
      RequestEvents.ended(
          frame,
          operation,
          endNanos,
          firstTokenNanos,
          response,
          throttles > 0,
          outcome,
          error,
          traceOf(frame));
    }
  }

  /** Returns the span of a request whose end somebody wants to hear of, or {@code null}. */
  private TraceContext traceOf(RequestFrame frame) {
    if (!events.wants(frame.run())) {
      return null;
    }
    return frame.isDetached() ? frame.trace() : spans.current();
  }

  /**
   * Records a request that ended within another one and turned out to be a request of its own.
   *
   * @param around a frame of the request around it
   */
  void write(RequestFrame around, InnerRequest request) {
    AdapterMetrics series = seriesOf(request.facts(), request.operation(), around.experiment());
    Throwable error = request.error();
    String outcome = error == null ? null : Errors.outcome(error);
    long start = request.startNanos();
    long end = request.endNanos();
    int throttles = countThrottles(series, request.facts().attempts(), error);
    record(series, request.facts(), start, end, UNKNOWN, outcome);
    spans.exemplify(series, total(start, end), outcome);
    FrameStack.current().lastAnswer().arrived(series, null);
    if (events.isOn()) {
      RequestEvents.innerEnded(around, request, throttles > 0, outcome);
    }
  }

  private AdapterMetrics seriesOf(RequestFacts facts, String operation, String experiment) {
    String provider = facts.provider() == null ? UNKNOWN_PROVIDER : facts.provider();
    return series(provider, facts.recordedModel(), operation, experiment);
  }

  /** Returns how many attempts were refused because the server receives too many requests. */
  private static int countThrottles(AdapterMetrics series, Attempts attempts, Throwable error) {
    int throttles = attempts.throttles();
    if (error != null
        && (StreamLimits.tells(error) || (throttles == 0 && Errors.isThrottle(error)))) {
      throttles++;
    }
    for (int i = 0; i < throttles; i++) {
      series.recordThrottle();
    }
    return throttles;
  }

  private static long total(long startNanos, long endNanos) {
    return Math.max(0, endNanos - startNanos);
  }

  private static void record(
      AdapterMetrics series,
      RequestFacts facts,
      long startNanos,
      long endNanos,
      long firstTokenNanos,
      String outcome) {
    Attempts attempts = facts.attempts();
    Tokens tokens = facts.tokens();
    long total = total(startNanos, endNanos);
    boolean phases = attempts.count() > 0;
    // Attempts may overlap, or run on threads that do not wait for weaving, so each phase is
    // limited to the part of the total that the other phases leave.
    long render = phases ? within(total, attempts.nanosBefore(startNanos)) : 0;
    long call = phases ? within(total - render, attempts.nanos()) : total;
    long parse = within(total - render - call, attempts.nanosAfter(endNanos));
    render = phases ? render : UNKNOWN;
    parse = phases && attempts.lastEndNanos() != Attempts.UNKNOWN ? parse : UNKNOWN;
    long tools = UNKNOWN;
    PhaseTimes own = facts.phases();
    if (own != null) {
      render = shown(own, PhaseTimes.RENDER, total, render);
      call = shown(own, PhaseTimes.CALL, total, phases ? call : within(total, total - own.sum()));
      parse = shown(own, PhaseTimes.PARSE, total, parse);
      tools = shown(own, PhaseTimes.TOOLS, total, UNKNOWN);
    }
    series.record(
        render,
        call,
        parse,
        tools,
        firstTokenNanos == UNKNOWN ? UNKNOWN : within(total, firstTokenNanos - startNanos),
        total,
        tokens.input(),
        tokens.output(),
        tokens.cached(),
        outcome);
  }

  /** Returns what methods of the application show of a phase, if they are for the phase. */
  private static long shown(PhaseTimes own, int phase, long total, long otherwise) {
    return own.areShown(phase) ? Math.min(total, own.nanos(phase)) : otherwise;
  }

  private static long within(long limit, long nanos) {
    return Math.max(0, Math.min(limit, nanos));
  }
}
