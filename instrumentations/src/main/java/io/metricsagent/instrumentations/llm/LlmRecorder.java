package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.access.Faults;
import io.metricsagent.instrumentations.calls.ActiveRequests;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.InnerRequest;
import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.rules.Telemetry;

/**
 * Turns a request frame that ended into one recorded request, or, if it was an inner layer of
 * another request, into facts for that one. {@link RequestReader} reads what the library's objects
 * say; {@link RequestWriter} records.
 */
final class LlmRecorder {
  private final RequestReader reader;
  private final RequestWriter writer;

  LlmRecorder(LlmDecoder decoder, Telemetry telemetry) {
    reader = new RequestReader(decoder);
    writer = new RequestWriter(telemetry);
  }

  /**
   * Begins a request, or an inner layer of the one under way. A request inside a tool is one of its
   * own.
   *
   * @return {@code null} when the stack is too deep
   */
  static RequestFrame begin(FrameStack stack, Object self, Object argument) {
    Frame top = stack.top();
    RequestFrame root = null;
    if (top != null) {
      top.requestBegan();
      root = top.openRequest();
    }
    if (root == null || root.isLeftToAnother(top.self(), self)) {
      return stack.pushRequest(AsyncRequests.find(self, argument), self, argument);
    }
    if (top instanceof RequestFrame outer) {
      outer.anotherBegins();
    }
    return stack.pushRequest(root, self, argument);
  }

  /**
   * Leaves a request to one that begins within it and tells by itself how it ends. A request that
   * ended within it before is recorded by itself.
   *
   * @param top the innermost frame of the request that is left
   */
  void leave(RequestFrame top) {
    RequestFrame root = top.root();
    RequestFrame around;
    for (RequestFrame layer = top; layer != null; layer = around) {
      around = layer == root ? null : layer.layerAround();
      layer.anotherBegins();
      InnerRequest inner = layer.inner();
      if (inner != null && inner.isFollowed()) {
        writer.write(inner);
        inner.clear();
      }
    }
    root.over();
  }

  /** Lets a request go on after its method returned, and end on any thread. */
  void detach(RequestFrame frame) {
    frame.detach(writer.trace());
    if (frame.isRoot()) {
      countAsActive(frame);
    }
  }

  /** Where the request does not say its model, nothing is counted until it ends. */
  private void countAsActive(RequestFrame root) {
    try {
      String provider = reader.provider(root);
      String model = reader.model(root);
      if (provider != null && model != null) {
        ActiveRequests.began(root, writer.series(provider, model, reader.operation(root)));
      }
    } catch (RuntimeException | LinkageError fault) { // the request is recorded all the same
      Faults.absorbed("a request was not counted as under way", fault);
    }
  }

  /**
   * Ends a request.
   *
   * @param firstTokenNanos when the first content arrived, or {@link Tokens#UNKNOWN}
   * @param response {@code null} if there is none
   */
  void end(
      RequestFrame frame, long endNanos, long firstTokenNanos, Object response, Throwable error) {
    try {
      endUnlessOver(frame, endNanos, firstTokenNanos, response, error);
    } finally {
      frame.end();
    }
  }

  private void endUnlessOver(
      RequestFrame frame, long endNanos, long firstTokenNanos, Object response, Throwable error) {
    if (frame.root() == null
        || frame.root().isOver()
        || (error != null && frame.isRoot() && reader.saysNotAsked(error))) {
      return;
    }
    InnerRequest inner = frame.inner();
    if (inner != null && inner.isFollowed()) {
      inner.giveBackTo(frame); // what followed has not told how it ended
    }
    reader.readEnd(frame, response);
    if (frame.isRoot()) {
      writer.write(frame, reader.operation(frame), endNanos, firstTokenNanos, response, error);
    } else if (frame.parent() instanceof RequestFrame outer) {
      tellApart(frame, outer, endNanos, error);
      frame.handTo(outer, error == null);
    }
  }

  /**
   * Records a request whose method goes on with other things, such as tools and the next request.
   *
   * @param top the innermost of its frames
   */
  void endEarly(RequestFrame top, long endNanos, Object response) {
    RequestFrame root = top.root();
    RequestFrame around;
    for (RequestFrame layer = top; layer != root && layer != null; layer = around) {
      around = layer.layerAround();
      reader.readEnd(layer, null);
      layer.handTo(around, true);
    }
    reader.readEnd(root, response);
    writer.write(root, reader.operation(root), endNanos, Tokens.UNKNOWN, response, null);
    root.over();
    ActiveRequests.ended(root);
  }

  /**
   * Reads what the request says before it is sent, for calls that end on another thread; an inner
   * layer tells the request's root.
   */
  void decodeRequest(RequestFrame frame) {
    reader.readRequest(frame);
    if (frame.isRoot()) {
      // Some libraries run the tools that an answer asks for before the answer has ended, and the
      // tool phase goes to this series.
      series(frame);
    }
  }

  /**
   * Returns the series of a request whose answer is being read; {@code null} where it is not known
   * before its end.
   */
  AdapterMetrics series(RequestFrame frame) {
    String provider = frame.facts().provider();
    String model = frame.facts().recordedModel();
    return provider == null || model == null
        ? null
        : writer.series(provider, model, reader.operation(frame));
  }

  /**
   * Remembers an inner request that ended. If it followed one of another model, that one is
   * recorded, and the outer request is taken to have begun after it.
   */
  private void tellApart(RequestFrame frame, RequestFrame outer, long endNanos, Throwable error) {
    RequestFacts facts = frame.facts();
    String model = facts.recordedModel();
    String operation = reader.operation(frame);
    InnerRequest last = outer.innerOrNew();
    long start = frame.startNanos();
    if (last.isFollowed()) {
      if (last.isRetriedBy(facts.provider(), model, operation)) {
        last.giveBackTo(outer);
        start = last.startNanos();
      } else {
        writer.write(last);
        outer.beginsAgainAt(last.endNanos());
      }
      last.clear();
    }
    last.remember(facts.provider(), model, operation, error, start, endNanos);
  }
}
