package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A method that starts a request and hands the answer to a callback, piece by piece, later and on
 * other threads. The request ends when the callback is told so, not when the method returns.
 */
public final class LlmStreamHandler extends SiteHandler {
  private final LlmRecorder recorder;
  private final StreamCallback callback;

  /** Makes a handler for the requests that {@code decoder} understands. */
  public LlmStreamHandler(LlmDecoder decoder, StreamCallback callback, Recording recording) {
    this.recorder = new LlmRecorder(decoder, recording);
    this.callback = callback;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Frame frame = LlmRecorder.begin(self, arg0);
    if (frame != null) {
      recorder.decodeRequest(frame);
    }
    return frame;
  }

  /** An inner layer passes its callback on: the outermost one sees all. */
  @Override
  public Object replaceArgument(Object token, Object argument) {
    Frame frame = (Frame) token;
    if (!frame.isRoot() || argument == null) {
      return argument;
    }
    OpenStream stream = new OpenStream(frame, recorder);
    Object watched = callback.watch(argument, stream);
    if (watched != argument) {
      recorder.detach(frame);
      frame.stream = stream;
    }
    return watched;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    long now = System.nanoTime();
    Frame frame = (Frame) token;
    if (!FrameStack.current().pop(frame)) {
      return result;
    }
    if (frame.stream != null) {
      if (thrown != null) {
        frame.stream.end(now, null, thrown);
      }
    } else if (frame.isRoot()) {
      recorder.end(frame, now, Frame.UNKNOWN, null, thrown);
    }
    return result;
  }
}
