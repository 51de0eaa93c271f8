package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;

/** What the SDK's batch manager does by itself, which is no delivery yet. Stateless. */
final class Prefetching {
  /** Marks the frames of the batch manager's own work. */
  static final Object MARK = new Object();

  private Prefetching() {}

  /** Returns whether this thread fetches messages for the batch manager, or gives them back. */
  static boolean isUnderWay() {
    Frame top = FrameStack.current().top();
    return top != null && top.self() == MARK;
  }
}
