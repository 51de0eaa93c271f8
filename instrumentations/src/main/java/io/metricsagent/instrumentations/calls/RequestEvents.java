package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.tracing.TraceContext;

/**
 * Tells the event stream what happens in a request, given its outermost frame. Each method does
 * nothing if nobody wants the events of the request.
 *
 * <p>Stateless; the methods for one request are called by one thread at a time.
 */
public final class RequestEvents {
  private RequestEvents() {}

  /** Returns whether somebody wants the events of a request. */
  private static boolean areWanted(RequestFrame root) {
    EventStream events = root.events();
    return events != null && root.isRoot() && events.wants(root.run());
  }

  /** Tells that the request has begun, unless that was told before. */
  private static void announce(RequestFrame root, String operationName) {
    if (root.operation() != 0) {
      return;
    }
    EventStream events = root.events();
    root.number(events.nextOperation());
    CallEvent event =
        events.event(EventKind.REQUEST_BEGAN, root.run(), root.operation(), root.startNanos());
    if (event != null) {
      RequestFacts facts = root.facts();
      event.asks(facts.provider(), facts.recordedModel(), operationName);
      event.isFor(root.experiment(), root.requestId());
      events.publish(events.hasContent() ? event.with(root.prompt()) : event);
    }
  }

  /**
   * An attempt on the wire ended.
   *
   * @param error the exception, or {@code null}
   * @param throttled whether the server refused it because it receives too many requests
   */
  public static void attemptEnded(
      RequestFrame root, long startNanos, long endNanos, Throwable error, boolean throttled) {
    if (!areWanted(root)) {
      return;
    }
    announce(root, null);
    EventStream events = root.events();
    CallEvent event = events.event(EventKind.ATTEMPT_ENDED, root.run(), root.operation(), endNanos);
    if (event != null) {
      String errorType = error == null ? null : Errors.outcome(error);
      events.publish(
          event.took(endNanos - startNanos).attempted(1, throttled).ended(errorType, error));
    }
  }

  /** The first piece of the answer arrived. */
  public static void firstPiece(RequestFrame root, long nanos) {
    if (root.events() != null && root.isRoot()) {
      runOf(root).iterated(nanos);
    }
    if (!areWanted(root)) {
      return;
    }
    announce(root, null);
    EventStream events = root.events();
    CallEvent event = events.event(EventKind.FIRST_PIECE, root.run(), root.operation(), nanos);
    if (event != null) {
      long after = Math.max(0, nanos - root.startNanos());
      events.publish(event.took(after).firstPieceAfter(after));
    }
  }

  /** Pieces of the answer have arrived since {@code sinceNanos}. */
  public static void output(RequestFrame root, int pieces, long sinceNanos, long nanos) {
    if (!areWanted(root)) {
      return;
    }
    EventStream events = root.events();
    CallEvent event = events.event(EventKind.OUTPUT, root.run(), root.operation(), nanos);
    if (event != null) {
      events.publish(event.took(nanos - sinceNanos).inPieces(pieces));
    }
  }

  /**
   * The request ended.
   *
   * @param firstPieceNanos when the first piece arrived, or {@link Tokens#UNKNOWN}
   * @param response the answer, or {@code null}
   * @param throttled whether an attempt was refused because the server receives too many requests
   * @param outcome {@code error.type} or {@code null}
   * @param trace the span that the request was part of, or {@code null}
   */
  public static void ended(
      RequestFrame root,
      String operationName,
      long endNanos,
      long firstPieceNanos,
      Object response,
      boolean throttled,
      String outcome,
      Throwable error,
      TraceContext trace) {
    EventStream events = root.events();
    if (events == null) {
      return;
    }
    worked(events, root.run(), endNanos, outcome);
    if (!areWanted(root)) {
      return;
    }
    announce(root, operationName);
    CallEvent event = events.event(EventKind.REQUEST_ENDED, root.run(), root.operation(), endNanos);
    if (event != null) {
      fill(event, root.facts(), operationName, root.startNanos(), endNanos, throttled);
      event.ended(outcome, error);
      if (trace != null) {
        event.within(trace.traceId(), trace.spanId());
      }
      if (firstPieceNanos != Tokens.UNKNOWN) {
        event.firstPieceAfter(Math.max(0, firstPieceNanos - root.startNanos()));
      }
      if (events.hasContent()) {
        event.with(response == null ? root.streamed() : response);
      }
      events.publish(event.inPieces(root.pieces()));
    }
  }

  /**
   * A request within {@code around} has turned out to be a request of its own, after its end.
   *
   * @param throttled as for {@link #ended}
   * @param outcome {@code error.type} or {@code null}
   */
  public static void innerEnded(
      RequestFrame around, InnerRequest inner, boolean throttled, String outcome) {
    RequestFrame root = around.root();
    EventStream events = root == null ? null : root.events();
    if (events == null) {
      return;
    }
    Run run = root.run();
    worked(events, run, inner.endNanos(), outcome);
    if (!events.wants(run)) {
      return;
    }
    long operation = events.nextOperation();
    CallEvent began = events.event(EventKind.REQUEST_BEGAN, run, operation, inner.startNanos());
    if (began != null) {
      RequestFacts facts = inner.facts();
      began.asks(facts.provider(), facts.recordedModel(), inner.operation());
      events.publish(began.isFor(root.experiment(), root.requestId()));
    }
    CallEvent ended = events.event(EventKind.REQUEST_ENDED, run, operation, inner.endNanos());
    if (ended != null) {
      fill(
          ended, inner.facts(), inner.operation(), inner.startNanos(), inner.endNanos(), throttled);
      ended.ended(outcome, inner.error());
      events.publish(ended);
    }
  }

  private static void worked(EventStream events, Run run, long endNanos, String outcome) {
    if (run == null) {
      events.worked();
    }
    if (outcome == null) {
      (run == null ? events.process() : run).iterated(endNanos);
    }
  }

  private static Run runOf(RequestFrame root) {
    return root.run() == null ? root.events().process() : root.run();
  }

  private static void fill(
      CallEvent event,
      RequestFacts facts,
      String operationName,
      long startNanos,
      long endNanos,
      boolean throttled) {
    Tokens tokens = facts.tokens();
    Attempts attempts = facts.attempts();
    event
        .asks(facts.provider(), facts.recordedModel(), operationName)
        .took(Math.max(0, endNanos - startNanos))
        .counted(tokens.input(), tokens.output(), tokens.cached())
        .attempted(attempts.count(), throttled);
  }
}
