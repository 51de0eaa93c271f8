package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.Faults;
import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.calls.ActiveRequests;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.InnerRequest;
import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.Telemetry;

/**
 * Turns a request frame that ended into one recorded request. If the frame was an inner layer, its
 * facts go to the outer layer instead. {@link RequestReader} reads the library's objects; {@link
 * RequestWriter} records.
 *
 * <p>The class is long because requests begin in four ways, and their end is one method on purpose.
 */
final class LlmRecorder {
  /** Reads all objects of a call; {@code null} for a library, whose objects are known. */
  private final CallReader calls;

  private final RequestReader reader;
  private final RequestWriter writer;

  LlmRecorder(LlmDecoder decoder, Telemetry telemetry) {
    calls = decoder instanceof CallReader all ? all : null;
    reader = new RequestReader(decoder);
    writer = new RequestWriter(telemetry);
  }

  /**
   * Begins a request, or an inner layer of the request under way. A request inside a tool call is a
   * request of its own.
   *
   * @return {@code null} when the stack is too deep
   */
  RequestFrame begin(FrameStack stack, Object self, Object argument) {
    return begin(stack, self, argument, null);
  }

  /**
   * Begins a request whose method may have the prompt in its second argument.
   *
   * @return {@code null} when the stack is too deep
   */
  RequestFrame begin(FrameStack stack, Object self, Object argument, Object second) {
    return begin(stack, self, argument, second, null);
  }

  /**
   * Begins a request of a method whose arguments may all be read.
   *
   * @return {@code null} when the stack is too deep
   */
  RequestFrame begin(FrameStack stack, Object self, Object argument, Object second, Object third) {
    RequestFrame frame = push(stack, self, argument, second);
    if (frame != null && calls != null) {
      calls.begun(frame, self, argument, second, third);
    }
    return frame;
  }

  /**
   * Begins a request at a subscription, whose method has returned before.
   *
   * @param known what was known when the method returned
   * @return {@code null} when the stack is too deep
   */
  RequestFrame begin(FrameStack stack, KnownRequest known) {
    RequestFrame frame = push(stack, known.self(), known.argument(), null);
    if (frame != null && calls != null) {
      known.tell(frame);
    }
    return frame;
  }

  private RequestFrame push(FrameStack stack, Object self, Object argument, Object second) {
    RequestFrame around = requestAround(stack.top(), self);
    RequestFrame root = around == null ? AsyncRequests.find(self, argument) : around;
    RequestFrame frame = stack.pushRequest(root, self, argument);
    if (frame != null && frame.isRoot()) {
      frame.isFor(writer.experiment());
    }
    if (frame != null && writer.events().isOn()) {
      frame.tells(writer.events());
      isWithin(frame);
      if (writer.events().hasContent()) {
        frame.asks(reader.content(argument, second));
      }
    }
    return frame;
  }

  /**
   * Returns a request that began {@code nanosBefore} ago, on no stack, for a layer above clients.
   */
  RequestFrame beginApart(Object self, Object argument, long nanosBefore) {
    RequestFrame frame = RequestFrame.apart(self, argument, nanosBefore);
    frame.isFor(FrameStack.current().experiment());
    frame.isFor(writer.experiment());
    if (writer.events().isOn()) {
      frame.belongsTo(FrameStack.current().run());
      frame.tells(writer.events());
      isWithin(frame);
      if (writer.events().hasContent()) {
        frame.asks(reader.content(argument, null));
      }
    }
    detach(frame);
    return frame;
  }

  /** A request outside of every run may begin within a request of the application's own. */
  private void isWithin(RequestFrame frame) {
    if (frame.isRoot() && frame.run() == null) {
      frame.isWithin(writer.contexts().get(ContextField.REQUEST_ID));
    }
  }

  /**
   * Returns the request under way that a request which begins now is an inner layer of; {@code
   * null} if there is none.
   *
   * @param top the innermost frame of the thread, or {@code null}
   */
  private static RequestFrame requestAround(Frame top, Object self) {
    if (top == null) {
      return null;
    }
    top.requestBegan();
    RequestFrame root = top.openRequest();
    if (root == null || root.isLeftToAnother(top.self(), self)) {
      return null;
    }
    if (top instanceof RequestFrame outer) {
      outer.anotherBegins();
    }
    return root;
  }

  /**
   * Leaves a request to an inner request that begins now and records its own end. An inner request
   * that ended earlier is recorded as a request of its own.
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
        writer.write(top, inner);
        inner.clear();
      }
    }
    root.over();
  }

  /** Returns what reads the experiments that the application says. */
  CallContexts contexts() {
    return writer.contexts();
  }

  /** Lets a request go on after its method has returned, and end on any thread. */
  void detach(RequestFrame frame) {
    frame.detach(writer.trace());
    if (frame.isRoot()) {
      countAsActive(frame);
    }
  }

  /**
   * Counts a request as under way. A request whose model is unknown is not counted before its end.
   */
  private void countAsActive(RequestFrame root) {
    try {
      String provider = reader.provider(root);
      String model = reader.model(root);
      if (provider != null && model != null) {
        ActiveRequests.began(
            root, writer.series(provider, model, reader.operation(root), root.experiment()));
      }
    } catch (RuntimeException | LinkageError fault) { // the request is still recorded
      Faults.absorbed("a request was not counted as under way", fault);
    }
  }

  /**
   * Ends a request. An inner request that ended is remembered by the layer around it. If an inner
   * request of another model came before, the earlier one is recorded as a request of its own, and
   * the outer request counts from the earlier one's end.
   *
   * <p>All of this is one method on purpose. The JVM inlines no method of more than 325 bytes, so
   * it compiles this one once, and not once more in each of its callers. What is inlined here is
   * the largest piece of code that the agent has.
   *
   * @param firstTokenNanos when the first content arrived, or {@link Tokens#UNKNOWN}
   * @param response {@code null} if there is none
   */
  void end(
      RequestFrame frame, long endNanos, long firstTokenNanos, Object response, Throwable thrown) {
    try {
      RequestFrame root = frame.root();
      boolean isRoot = frame == root;
      if (root == null
          || root.isOver()
          || (thrown != null && isRoot && reader.saysNotAsked(thrown))) {
        return;
      }
      InnerRequest inner = frame.inner();
      if (inner != null && inner.isFollowed()) {
        inner.giveBackTo(frame); // the request that followed has not reported its end
      }
      Throwable error = calls == null ? thrown : calls.ended(frame, response, thrown);
      RequestFacts facts = frame.facts();
      if (!facts.areNamed()) {
        reader.readNames(frame);
      }
      if (response != null && !facts.areComplete()) {
        reader.readAnswer(frame, response);
      }
      if (isRoot) {
        writer.write(frame, reader.operation(frame), endNanos, firstTokenNanos, response, error);
        return;
      }
      if (!(frame.parent() instanceof RequestFrame outer)) {
        return;
      }
      String provider = facts.provider();
      String model = facts.recordedModel();
      String operation = reader.operation(frame);
      InnerRequest last = outer.innerOrNew();
      long start = frame.startNanos();
      if (last.isFollowed()) {
        if (last.isRetriedBy(provider, model, operation)) {
          last.giveBackTo(outer);
          start = last.startNanos();
        } else {
          writer.write(outer, last);
          outer.beginsAgainAt(last.endNanos());
        }
        last.clear();
      }
      last.remember(provider, model, operation, error, start, endNanos);
      frame.handTo(outer, error == null);
    } finally {
      frame.end();
    }
  }

  /**
   * The method of an inner layer has returned what nobody has subscribed to. Nothing was asked, so
   * the layer around it only gets to know the names.
   */
  void waits(RequestFrame frame) {
    if (frame.isOpen() && frame.parent() instanceof RequestFrame outer) {
      reader.readNames(frame);
      frame.handTo(outer, true);
    }
  }

  /**
   * Records a request whose method goes on with other work, such as tools and the next request.
   *
   * @param top the innermost frame of the request
   */
  void endEarly(RequestFrame top, long endNanos, Object response) {
    RequestFrame root = top.root();
    RequestFrame around;
    for (RequestFrame layer = top; layer != root && layer != null; layer = around) {
      around = layer.layerAround();
      reader.readNames(layer);
      layer.handTo(around, true);
    }
    reader.readNames(root);
    if (response != null) {
      reader.readAnswer(root, response);
    }
    writer.write(root, reader.operation(root), endNanos, Tokens.UNKNOWN, response, null);
    root.over();
    ActiveRequests.ended(root);
  }

  /**
   * Reads the request before it is sent, for calls that end on another thread; an inner layer
   * passes its facts on to the request's root.
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
   * Returns the series of a request whose answer is being read; {@code null} if the series is not
   * known before the end.
   */
  AdapterMetrics series(RequestFrame frame) {
    String provider = frame.facts().provider();
    String model = frame.facts().recordedModel();
    return provider == null || model == null
        ? null
        : writer.series(provider, model, reader.operation(frame), frame.experiment());
  }
}
