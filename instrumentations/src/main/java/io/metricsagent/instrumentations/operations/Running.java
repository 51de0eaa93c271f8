package io.metricsagent.instrumentations.operations;

/** A request, and its frame's number then: the frame may have been used again since. */
record Running(Frame root, long number) {
  static Running of(Frame root) {
    return new Running(root, root.number);
  }

  boolean isOpen() {
    return root.isRoot() && root.number == number;
  }
}
