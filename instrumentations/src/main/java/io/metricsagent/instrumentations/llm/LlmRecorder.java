package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.Faults;
import io.metricsagent.instrumentations.calls.ActiveRequests;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.InnerRequest;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;

/**
 * Turns an LLM frame that ended into one recorded request, or, if it was an inner layer of another
 * request, into facts for that one.
 *
 * <p>Phases: render is the time before the first attempt on the wire; call is the time of all
 * attempts without the waits between them; parse comes after the last, and is not told apart in
 * streams. Where a library shows no attempts, the whole request is its call. Total is wall-clock
 * time, waits included.
 */
final class LlmRecorder {
  private static final String UNKNOWN_PROVIDER = "unknown";

  private final LlmDecoder decoder;
  private final Registry registry;
  private final ActiveSpans spans;

  LlmRecorder(LlmDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    registry = telemetry.registry();
    spans = telemetry.spans();
  }

  /**
   * Begins a request, or an inner layer of the one under way. An LLM call inside a tool is a
   * request of its own.
   */
  static Frame begin(Object self, Object request) {
    FrameStack stack = FrameStack.current();
    Frame top = stack.top();
    if (top != null) {
      top.requestBegan();
    }
    boolean inRequest =
        top != null && top.isInOpenRequest() && !isLeftToAnother(top.root, top.self, self);
    if (!inRequest) {
      return stack.push(Frame.Kind.LLM, AsyncRequests.find(self, request), self, request);
    }
    if (top.kind == Frame.Kind.LLM) {
      InnerRequest.anotherBegins(top);
    }
    return stack.push(Frame.Kind.LLM, top.root, self, request);
  }

  /** Whose answer is left to one inner layer has no part in the requests of the next. */
  private static boolean isLeftToAnother(Frame root, Object caller, Object self) {
    Object delegate = root.delegate;
    return delegate != null && caller != delegate && self != delegate;
  }

  /**
   * Leaves the stream of a request to an inner layer of it, if that is another object: a router may
   * go on to a second model where the first has failed, and on any thread.
   *
   * @return the stream, which ends as the inner layer does, or {@code null}
   */
  static OpenStream leaveTo(Frame inner) {
    Frame root = inner.root;
    Frame parent = inner.parent;
    if (root.answering == null || parent.kind != Frame.Kind.LLM || parent.self == inner.self) {
      return null;
    }
    root.delegate = inner.self;
    return (OpenStream) root.answering;
  }

  /**
   * Leaves a request to one that begins within it and tells by itself how it ends. What was asked
   * before stands for itself.
   *
   * @param top the innermost frame of the request that is left
   */
  void leave(Frame top) {
    for (Frame frame = top; frame != null; frame = frame == top.root ? null : frame.parent) {
      InnerRequest.anotherBegins(frame);
      if (frame.inner != null && frame.inner.isFollowed()) {
        recordApart(frame.inner);
        frame.inner.clear();
      }
    }
    top.root.over = true;
  }

  /** Lets a request go on after its method returned, and end on any thread. */
  void detach(Frame frame) {
    frame.detached = true;
    frame.trace = spans.current();
    if (frame.isRoot()) {
      countAsActive(frame);
    }
  }

  /** Where the request does not say its model, nothing is counted until it ends. */
  private void countAsActive(Frame root) {
    try {
      String provider = root.provider == null ? decoder.provider(root.self) : root.provider;
      String model =
          root.model == null ? decoder.requestModel(root.self, root.argument) : root.model;
      if (provider != null && model != null) {
        ActiveRequests.began(
            root, registry.adapter(provider, model, decoder.operation(root.argument)));
      }
    } catch (RuntimeException | LinkageError fault) { // the request is recorded all the same
      Faults.absorbed("a request was not counted as under way", fault);
    }
  }

  /**
   * Ends a request.
   *
   * @param firstTokenNanos when the first content arrived, or {@link Frame#UNKNOWN}
   * @param response {@code null} if there is none
   */
  void end(Frame frame, long endNanos, long firstTokenNanos, Object response, Throwable error) {
    try {
      endUnlessOver(frame, endNanos, firstTokenNanos, response, error);
    } finally {
      frame.end();
    }
  }

  private void endUnlessOver(
      Frame frame, long endNanos, long firstTokenNanos, Object response, Throwable error) {
    if (frame.root == null
        || frame.root.over
        || (error != null && frame.isRoot() && decoder.saysNotAsked(error))) {
      return;
    }
    if (frame.inner != null && frame.inner.isFollowed()) {
      frame.inner.giveBackTo(frame); // what followed has not told how it ended
    }
    decode(frame, response);
    if (frame.isRoot()) {
      record(frame, endNanos, firstTokenNanos, response, error);
    } else if (frame.parent != null) {
      tellApart(frame, endNanos, error);
      frame.handToParent(error == null);
    }
  }

  /**
   * Records a request whose method goes on with other things, such as tools and the next request.
   *
   * @param top the innermost of its frames
   */
  void endEarly(Frame top, long endNanos, Object response) {
    Frame root = top.root;
    for (Frame frame = top; frame != root && frame != null; frame = frame.parent) {
      decode(frame, null);
      frame.handToParent(true);
    }
    decode(root, response);
    record(root, endNanos, Frame.UNKNOWN, response, null);
    root.over = true;
    ActiveRequests.ended(root);
  }

  /**
   * Learns what the request says before it is sent, for calls that end on another thread; an inner
   * layer tells its operation.
   */
  void decodeRequest(Frame frame) {
    frame.provider = decoder.provider(frame.self);
    frame.model = decoder.requestModel(frame.self, frame.argument);
    Frame root = frame.root;
    if (frame.provider != null) {
      root.provider = frame.provider;
    }
    if (frame.model != null) {
      root.model = frame.model;
    }
    if (frame.isRoot() && frame.provider != null && frame.model != null) {
      // Some libraries run the tools that an answer asks for before its end: they look for this.
      registry.adapter(frame.provider, frame.model, decoder.operation(frame.argument));
    }
  }

  /**
   * Returns the series of a request whose answer is being read; {@code null} where it is not known
   * before its end.
   */
  AdapterMetrics series(Frame frame) {
    String model = frame.model == null ? frame.answeringModel : frame.model;
    return frame.provider == null || model == null
        ? null
        : registry.adapter(frame.provider, model, decoder.operation(frame.argument));
  }

  /** What an inner layer learnt is nearer to the truth, so what is known already stays. */
  private void decode(Frame frame, Object response) {
    if (frame.provider == null) {
      frame.provider = decoder.provider(frame.self);
    }
    if (frame.model == null) {
      frame.model = decoder.requestModel(frame.self, frame.argument);
    }
    if (response == null) {
      return;
    }
    if (frame.answeringModel == null) {
      frame.answeringModel = decoder.responseModel(response);
    }
    if (!frame.isUsageKnown()) {
      UsageReader usage = decoder.usage();
      Object before = frame.previous;
      frame.addUsage(
          less(usage.input(response), before == null ? 0 : usage.input(before)),
          less(usage.output(response), before == null ? 0 : usage.output(before)),
          usage.cached(response));
    }
  }

  private static long less(long tokens, long before) {
    return tokens < 0 ? tokens : Math.max(0, tokens - Math.max(0, before));
  }

  /**
   * Remembers an inner request, and what was before it: that of another model is recorded, and the
   * outer request is what came after it.
   */
  private void tellApart(Frame frame, long endNanos, Throwable error) {
    Frame outer = frame.parent;
    String model = frame.model == null ? frame.answeringModel : frame.model;
    String operation = decoder.operation(frame.argument);
    if (outer.inner == null) {
      outer.inner = new InnerRequest();
    }
    InnerRequest last = outer.inner;
    long start = frame.startNanos;
    if (last.isFollowed()) {
      if (last.isRetriedBy(frame.provider, model, operation)) {
        last.giveBackTo(outer);
        start = last.startNanos;
      } else {
        recordApart(last);
        outer.provider = null;
        outer.model = null;
        outer.answeringModel = null;
        outer.root.startNanos = last.endNanos();
      }
      last.clear();
    }
    last.remember(frame.provider, model, operation, error, start, endNanos);
  }

  private void recordApart(InnerRequest inner) {
    Frame request = new Frame();
    request.begin(Frame.Kind.LLM, null, null, null, null);
    inner.copyTo(request);
    record(request, inner.operation(), inner.endNanos(), Frame.UNKNOWN, null, inner.error());
  }

  private void record(
      Frame frame, long endNanos, long firstTokenNanos, Object response, Throwable error) {
    record(frame, decoder.operation(frame.argument), endNanos, firstTokenNanos, response, error);
  }

  private void record(
      Frame frame,
      String operation,
      long endNanos,
      long firstTokenNanos,
      Object response,
      Throwable error) {
    String model = frame.model == null ? frame.answeringModel : frame.model;
    AdapterMetrics series =
        registry.adapter(
            frame.provider == null ? UNKNOWN_PROVIDER : frame.provider, model, operation);
    int throttles = frame.throttles();
    if (error != null
        && (StreamLimits.tells(error) || (throttles == 0 && Errors.isThrottle(error)))) {
      throttles++;
    }
    for (int i = 0; i < throttles; i++) {
      series.recordThrottle();
    }
    long total = Math.max(0, endNanos - frame.startNanos);
    boolean phases = frame.attempts() > 0;
    // Attempts may run side by side, or on threads that weaving does not hold up: no phase is
    // longer than what the others leave of the total.
    long render = phases ? within(total, frame.nanosBeforeAttempts()) : 0;
    long call = phases ? within(total - render, frame.attemptsNanos()) : total;
    long parse = within(total - render - call, frame.nanosAfterAttempts(endNanos));
    String errorType = error == null ? null : Errors.outcome(error);
    series.record(
        phases ? render : Frame.UNKNOWN,
        call,
        phases && frame.lastAttemptEndNanos() != Frame.UNKNOWN ? parse : Frame.UNKNOWN,
        Frame.UNKNOWN,
        firstTokenNanos == Frame.UNKNOWN
            ? Frame.UNKNOWN
            : within(total, firstTokenNanos - frame.startNanos),
        total,
        frame.inputTokens(),
        frame.outputTokens(),
        frame.cachedTokens(),
        errorType);
    if (frame.detached) {
      spans.exemplify(series, frame.trace, total, errorType);
    } else {
      spans.exemplify(series, total, errorType);
    }
    FrameStack.current().answered(series, response);
  }

  private static long within(long limit, long nanos) {
    return Math.max(0, Math.min(limit, nanos));
  }
}
