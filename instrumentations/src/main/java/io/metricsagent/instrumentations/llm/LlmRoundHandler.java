package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;

/**
 * A method that makes a request, runs the tools that the answer asks for, and calls itself for the
 * next request: {@code call(request, previous response)}. The usage of a response includes the
 * usage of the previous response. Each round is a request of its own.
 */
public final class LlmRoundHandler extends FrameHandler<RequestFrame> {
  private final LlmRecorder recorder;

  /** Makes a handler for the requests that {@code decoder} understands. */
  public LlmRoundHandler(LlmDecoder decoder, Telemetry telemetry) {
    recorder = new LlmRecorder(decoder, telemetry);
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    RequestFrame frame = recorder.begin(stack, self, arg0);
    if (frame != null) {
      frame.follows(arg1);
    }
    return frame;
  }

  @Override
  protected Object ended(RequestFrame frame, Object result, Throwable thrown) {
    recorder.end(frame, System.nanoTime(), Tokens.UNKNOWN, result, thrown);
    return result;
  }

  /**
   * Returns a handler for the method that runs the tools: {@code run(request, response)}.
   *
   * @param loop the handler that also runs at this method
   */
  public static SiteHandler ofTools(LlmDecoder decoder, SiteHandler loop, Telemetry telemetry) {
    LlmRecorder recorder = new LlmRecorder(decoder, telemetry);
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        if (FrameStack.current().top() instanceof RequestFrame top && top.isOpen()) {
          recorder.endEarly(top, System.nanoTime(), arg1);
        }
        return loop.enter(self, arg0, arg1, arg2);
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        return loop.exit(token, result, thrown);
      }
    };
  }
}
