package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.AttemptFrame;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.LayerFrame;
import io.metricsagent.instrumentations.calls.RequestFrame;

/** Begins layers above clients that may be measured themselves. Stateless. */
final class Layers {
  private Layers() {}

  /**
   * Begins a layer; returns {@code null} within another layer or a request, because the outer one
   * measures everything inside it.
   */
  static LayerFrame begin(FrameStack stack, Object self, Object argument) {
    Frame top = stack.top();
    boolean within =
        top instanceof RequestFrame
            || top instanceof AttemptFrame
            || (top instanceof LayerFrame layer && !layer.isOver());
    return within ? null : stack.pushLayer(self, argument);
  }
}
