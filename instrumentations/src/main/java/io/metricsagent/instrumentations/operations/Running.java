package io.metricsagent.instrumentations.operations;

/** A request, and when it began: its frame may have been used again since. */
record Running(Frame root, long startNanos) {
  static Running of(Frame root) {
    return new Running(root, root.startNanos);
  }

  boolean isOpen() {
    return root.isRoot() && root.startNanos == startNanos;
  }
}
