package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.context.CallContexts;
import java.util.ArrayList;
import java.util.List;

/**
 * A call that notes what it is told: {@code begins}, {@code piece a}, {@code ended a} and so on.
 */
final class Followed implements FollowedCall, OpenCall {
  private final List<String> heard = new ArrayList<>();
  private boolean answered;
  private boolean ended;

  List<String> heard() {
    return heard;
  }

  /** A measured call within the method has ended. */
  Followed answered() {
    answered = true;
    return this;
  }

  /** Returns what the caller of a method gets that returned {@code result}. */
  @SuppressWarnings("unchecked") // the test says which type it expects
  <T> T follow(Object result, Class<?> declared) {
    return (T) declared.cast(ResultFamily.of(result).follow(result, declared, this));
  }

  @Override
  public CallContexts contexts() {
    return CallContexts.OFF;
  }

  @Override
  public OpenCall goesOn(boolean streamed, boolean mayBeDropped) {
    heard.add("goes on" + (streamed ? " in pieces" : ""));
    return this;
  }

  @Override
  public boolean hasAnswered() {
    return answered;
  }

  @Override
  public void waitsForSubscribers() {
    heard.add("waits");
  }

  @Override
  public OpenCall begins(FrameStack stack, boolean streamed) {
    heard.add("begins");
    ended = false;
    return this;
  }

  @Override
  public void begun(OpenCall call) {
    heard.add("begun");
  }

  @Override
  public void piece(Object piece) {
    heard.add("piece " + piece);
  }

  @Override
  public void handled(long nanos) {}

  @Override
  public void ended(Object value) {
    end("ended " + value);
  }

  @Override
  public void failed(Throwable error) {
    end("failed " + error.getClass().getSimpleName());
  }

  @Override
  public void cancelled() {
    end("cancelled");
  }

  private void end(String how) {
    if (!ended) {
      heard.add(how);
    }
    ended = true;
  }
}
