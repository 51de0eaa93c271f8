package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameListener;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.OpenAnswer;

/** Frames of layers above clients that may be measured themselves. Stateless. */
final class Layers {
  /** A layer hears of the request within it, until it is over. */
  private static final FrameListener LISTENER =
      new FrameListener() {
        @Override
        public void requestBegan(Frame layer) {
          if (!layer.over) {
            layer.recorded = true;
          }
        }

        @Override
        public void answerBegan(Frame layer, OpenAnswer answer) {
          if (!layer.over) {
            layer.answering = answer;
          }
        }
      };

  private Layers() {}

  /** Begins a layer; returns {@code null} within another one or a request, which sees all. */
  static Frame begin(FrameStack stack, Object self, Object argument) {
    Frame top = stack.top();
    boolean within =
        top != null
            && (top.kind == Frame.Kind.LLM
                || top.kind == Frame.Kind.ATTEMPT
                || (top.kind == Frame.Kind.LAYER && !top.over));
    return within ? null : push(stack, self, argument);
  }

  /** Begins a layer wherever it is; returns {@code null} when the stack is too deep. */
  static Frame push(FrameStack stack, Object self, Object argument) {
    Frame layer = stack.push(Frame.Kind.LAYER, null, self, argument);
    if (layer != null) {
      layer.listener = LISTENER;
    }
    return layer;
  }
}
