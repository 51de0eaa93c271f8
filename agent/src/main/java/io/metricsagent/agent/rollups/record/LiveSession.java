package io.metricsagent.agent.rollups.record;

import io.metricsagent.agent.rollups.signals.SessionClass;
import io.metricsagent.agent.rollups.signals.SessionFacts;
import io.metricsagent.instrumentations.events.CallEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * A session that is under way: a run, or one request outside of every run, or several that belong
 * to one request of the application's own. Not thread-safe.
 *
 * <p>The session ends with its run, but not before the requests that have begun in the run, which
 * may go on in the background.
 */
final class LiveSession {
  private static final int MAX_REQUESTS = 1000;

  private final long startMillis;
  private final LiveStart start = new LiveStart();
  private final LiveSwaps swaps;
  private final Map<Long, LiveRequest> requests = new HashMap<>();
  private String provider;
  private String model;
  private String experiment;
  private boolean noCapacity;
  private long errors;
  private long excusable;
  private boolean ending;
  private long lastMillis;

  LiveSession(long startMillis, LiveSwaps swaps) {
    this.startMillis = startMillis;
    this.swaps = swaps;
  }

  /** Returns the request of an event, whose beginning may have been dropped. */
  LiveRequest request(CallEvent event) {
    lastMillis = event.epochMillis();
    LiveRequest request = requests.get(event.operation());
    if (request == null) {
      long since =
          switch (event.kind()) {
            case FIRST_PIECE -> event.firstPieceNanos();
            case REQUEST_ENDED -> event.durationNanos();
            default -> 0;
          };
      request = new LiveRequest(event.nanos() - Math.max(0, since));
      if (requests.size() < MAX_REQUESTS) {
        requests.put(event.operation(), request);
      }
      start.request(request.startNanos());
    }
    if (provider == null) {
      provider = event.provider();
    }
    if (model == null) {
      model = event.model();
    }
    if (experiment == null) {
      experiment = event.experiment();
    }
    return request;
  }

  /** Pieces of an answer have arrived; returns how many pieces the request has now. */
  void pieces(LiveRequest request, long added, long nanos, int successPieces) {
    start.output(nanos);
    if (request.pieces(added) >= successPieces) {
      start.fewOutputs(nanos);
    }
  }

  /** A request ended well, whatever number of pieces its answer has. */
  void answered(CallEvent event) {
    if (event.firstPieceNanos() == CallEvent.UNKNOWN) {
      start.output(event.nanos());
    }
    start.fewOutputs(event.nanos());
  }

  /**
   * A request failed, or the application cancelled it.
   *
   * @param excused whether that is excused
   * @param capacity whether the provider had no capacity
   */
  void failed(boolean excused, boolean capacity) {
    errors++;
    excusable += excused ? 1 : 0;
    noCapacity |= capacity;
  }

  /** A request has ended. */
  void ended(CallEvent event, LiveRequest request) {
    requests.remove(event.operation());
    swaps.ended(
        event.provider(), event.model(), event.failed(), request.startNanos(), event.nanos());
  }

  /** The run ends; requests may go on. */
  void end() {
    ending = true;
  }

  /** Returns whether the run and all its requests have ended. */
  boolean isOver() {
    return ending && requests.isEmpty();
  }

  /** Returns the time of the last event of a request, in milliseconds since 1970. */
  long lastMillis() {
    return lastMillis;
  }

  boolean hasErrors() {
    return errors > 0;
  }

  String provider() {
    return provider;
  }

  String model() {
    return model;
  }

  /** Returns the experiment that was said first, or {@code null}. */
  String experiment() {
    return experiment;
  }

  /** Returns whether no request is under way. */
  boolean isQuiet() {
    return requests.isEmpty();
  }

  /**
   * Returns whether no provider served the session, because the one that was asked had no capacity.
   */
  boolean missedCapacity() {
    return noCapacity && !start.succeeded() && provider != null;
  }

  SessionFacts facts() {
    return new SessionFacts(
        "",
        startMillis,
        SessionClass.of(start.hasRequest(), start.succeeded(), noCapacity, errors, excusable),
        start.succeeded(),
        errors,
        excusable,
        swaps.confirmed(),
        swaps.inferred(),
        start.untilOutputMicros(),
        start.untilFewMicros(),
        provider,
        model);
  }
}
