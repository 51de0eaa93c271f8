package io.metricsagent.instrumentations.calls;

/** A request, and its frame's number then: the frame may have been used again since. */
public record Running(Frame root, long number) {
  public static Running of(Frame root) {
    return new Running(root, root.number);
  }

  public boolean isOpen() {
    return root.isRoot() && root.number == number;
  }
}
