package io.metricsagent.instrumentations.calls;

/**
 * A reference to a request: its frame and the number that the frame had when the reference was
 * made. The number tells whether the stack has reused the frame for another request since.
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
