package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.calls.Frame;
import java.lang.ref.WeakReference;

/**
 * Asynchronous requests under way, by the object that says what is asked: whoever is called with it
 * on another thread works for the same request. Thread-safe.
 *
 * <p>An application may hand one such object to several models at once, so it stands for a request
 * together with the model alone. One that the library made for a call belongs to that call, and
 * another model that gets it is asked in place of the first.
 */
final class AsyncRequests {
  private static final int MAX_REQUESTS = 10_000;

  /** The frame refers to the key, and lives as long as the future that is to end it. */
  private record Call(WeakReference<Frame> root, boolean madeForIt, Call earlier) {
    Frame open() {
      Frame frame = root.get();
      return frame != null && frame.isRoot() && !frame.over ? frame : null;
    }
  }

  private static final WeakMap<Object, Call> CALLS = new WeakMap<>(MAX_REQUESTS);

  private AsyncRequests() {}

  /** A call begins, by the frame of its outermost layer or of one within. */
  static void put(Frame frame) {
    Frame root = frame.root;
    if (frame.argument == null || (frame != root && frame.argument == root.argument)) {
      return;
    }
    Call earlier = CALLS.get(frame.argument);
    while (earlier != null && earlier.open() == null) {
      earlier = earlier.earlier;
    }
    CALLS.put(frame.argument, new Call(new WeakReference<>(root), frame != root, earlier));
  }

  /**
   * Returns the request that {@code self} works for when it is asked for {@code argument} where no
   * request is under way on the thread; {@code null} if that is a request of its own.
   */
  static Frame find(Object self, Object argument) {
    if (argument == null || CALLS.isEmpty()) {
      return null;
    }
    for (Call call = CALLS.get(argument); call != null; call = call.earlier) {
      Frame root = call.open();
      if (root != null && root.self == self) {
        return root;
      }
      if (root != null && call.madeForIt) {
        root.over = true;
      }
    }
    return null;
  }
}
