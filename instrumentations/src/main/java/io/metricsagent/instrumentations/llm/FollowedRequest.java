package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.InnerRequest;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.results.CallbackArgument;
import io.metricsagent.instrumentations.results.FollowedCall;
import io.metricsagent.instrumentations.results.OpenCall;
import io.metricsagent.instrumentations.results.ResultFamily;

/** A request that its result or a callback ends. */
final class FollowedRequest implements FollowedCall {
  private final LlmRecorder recorder;
  private final KnownRequest known;

  /** The frame of the method's call; not used for subscriptions, which have frames of their own. */
  private final RequestFrame frame;

  /** How long the method itself took; unknown before its end. */
  private long nanosOfMethod;

  private boolean followed;
  private CallbackArgument callback;
  private Answer answer;

  private FollowedRequest(RequestFrame frame, LlmRecorder recorder) {
    this.frame = frame;
    this.recorder = recorder;
    known = KnownRequest.of(frame);
  }

  /**
   * A method has returned a result. A result of an inner layer is left alone: if somebody
   * subscribes to it, then within the subscription to that of the outer layer.
   *
   * @return what its caller gets
   */
  static Object ended(RequestFrame frame, LlmRecorder recorder, Object result, Class<?> declared) {
    long now = System.nanoTime();
    ResultFamily family = result == null ? null : ResultFamily.of(result);
    if (family != null && !frame.isRoot()) {
      if (family.waitsForSubscribers()) {
        recorder.waits(frame);
        return result;
      }
      family = null;
    }
    if (family == null) {
      recorder.end(frame, now, Tokens.UNKNOWN, result, null);
      return result;
    }
    FollowedRequest request = new FollowedRequest(frame, recorder);
    request.nanosOfMethod = now - frame.startNanos();
    Object given = result;
    try {
      given = family.follow(result, declared, request);
    } finally {
      if (!request.followed) {
        recorder.end(frame, now, Tokens.UNKNOWN, result, null);
      }
    }
    return given;
  }

  /** Returns what the method gets in place of an argument. */
  static Object watched(RequestFrame frame, LlmRecorder recorder, Object given, Class<?> declared) {
    CallbackArgument callback =
        frame.goesOnWith() == null ? CallbackArgument.of(given, declared) : null;
    if (callback == null) {
      return given;
    }
    if (callback.isResumption()) {
      if (callback.resumed() instanceof Answer answer) {
        frame.joins(answer.frame);
        frame.goesOnWith(answer);
      } else if (frame.isRoot()) {
        frame.joins(null); // the rest of a request that is not followed
      }
      return given;
    }
    if (!frame.isRoot() || !callback.canBeWatched()) {
      return given;
    }
    FollowedRequest request = new FollowedRequest(frame, recorder);
    request.callback = callback;
    recorder.decodeRequest(frame);
    request.answer = request.answer(callback.isStreamed());
    frame.endsWith(request.answer.stream, null);
    frame.goesOnWith(request);
    return callback.watched(request.answer);
  }

  /** A method that goes on with something has ended. */
  static void methodEnded(RequestFrame frame, Object result, Throwable thrown) {
    long now = System.nanoTime();
    if (frame.goesOnWith() instanceof FollowedRequest request) {
      if (!request.callback.goesOn(result, thrown)) {
        request.answer.stream.end(now, result, thrown);
      }
    } else if (frame.goesOnWith() instanceof Answer resumed && resumed.frame.isOpen()) {
      frame.handTo(resumed.frame, thrown == null);
    }
  }

  @Override
  public CallContexts contexts() {
    return recorder.contexts();
  }

  @Override
  public OpenCall goesOn(boolean streamed, boolean mayBeDropped) {
    Answer open = answer(streamed);
    if (mayBeDropped) {
      open.stream.endWhenDropped();
    }
    return open;
  }

  private Answer answer(boolean streamed) {
    followed = true;
    recorder.detach(frame);
    return new Answer(frame, new OpenStream(frame, recorder, streamed));
  }

  @Override
  public boolean hasAnswered() {
    InnerRequest inner = frame.inner();
    return (inner != null && inner.endNanos() != 0) || frame.facts().tokens().areKnown();
  }

  @Override
  public void waitsForSubscribers() {
    followed = true;
  }

  @Override
  public OpenCall begins(FrameStack stack, boolean streamed) {
    RequestFrame subscription = recorder.begin(stack, known);
    if (subscription == null) {
      return null;
    }
    try {
      recorder.decodeRequest(subscription);
      if (!subscription.isRoot()) {
        return new Answer(subscription, (OpenStream) subscription.takeAnswer());
      }
      subscription.beginsAt(subscription.startNanos() - nanosOfMethod);
      recorder.detach(subscription);
      OpenStream stream = new OpenStream(subscription, recorder, streamed);
      subscription.endsWith(stream, null);
      return new Answer(subscription, stream);
    } catch (Throwable fault) {
      stack.end(subscription);
      throw fault;
    }
  }

  @Override
  public void begun(OpenCall call) {
    FrameStack.current().end(((Answer) call).frame);
  }

  /**
   * The answer of a request. The stream is {@code null} in an inner layer, unless the outermost
   * layer has left the answer to that inner layer.
   */
  private static final class Answer implements OpenCall {
    private final RequestFrame frame;
    private final OpenStream stream;

    Answer(RequestFrame frame, OpenStream stream) {
      this.frame = frame;
      this.stream = stream;
    }

    @Override
    public void piece(Object piece) {
      if (stream != null) {
        stream.keep(piece);
        stream.content();
      }
    }

    @Override
    public void handled(long nanos) {
      if (stream != null) {
        stream.handled(nanos);
      }
    }

    @Override
    public void ended(Object value) {
      if (stream != null) {
        stream.completed(value);
      }
    }

    @Override
    public void failed(Throwable error) {
      if (stream != null) {
        stream.failed(error);
      }
    }

    @Override
    public void cancelled() {
      if (stream != null) {
        stream.failed(Errors.CANCELLED);
      }
    }
  }
}
