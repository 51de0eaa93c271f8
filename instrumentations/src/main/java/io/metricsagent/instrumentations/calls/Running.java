package io.metricsagent.instrumentations.calls;

/**
 * A request, and the number that its frame had then: the stack may have used the frame again since.
 *
 * @param root the outermost frame of the request
 */
public record Running(RequestFrame root, long number) {
  /** Returns the request whose outermost frame is {@code root} now. */
  public static Running of(RequestFrame root) {
    return new Running(root, root.number);
  }

  /** Returns whether the request has not ended. */
  public boolean isOpen() {
    return root.isRoot() && root.number == number;
  }
}
