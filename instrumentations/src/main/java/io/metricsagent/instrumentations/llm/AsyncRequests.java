package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.calls.RequestFrame;
import java.lang.ref.WeakReference;

/**
 * Asynchronous requests under way, by the argument object that describes the request: a model that
 * is called with the same object on another thread works for the same request. Thread-safe.
 *
 * <p>An application may pass one such object to several models at once, so only the object and the
 * model together identify a request. An object that the library made for a call belongs to that
 * call: another model that gets the object replaces the first model.
 */
final class AsyncRequests {
  private static final int MAX_REQUESTS = 10_000;

  /**
   * A weak reference, because the frame refers to the map's key. The future that will end the frame
   * keeps the frame alive.
   */
  private record Call(WeakReference<RequestFrame> root, boolean madeForIt, Call earlier) {
    RequestFrame open() {
      RequestFrame frame = root.get();
      return frame != null && frame.isOpen() ? frame : null;
    }
  }

  private static final WeakMap<Object, Call> CALLS = new WeakMap<>(MAX_REQUESTS);

  private AsyncRequests() {}

  /** Adds a call that begins; {@code frame} is its outermost layer or an inner one. */
  static void put(RequestFrame frame) {
    RequestFrame root = frame.root();
    if (frame.argument() == null || (frame != root && frame.argument() == root.argument())) {
      return;
    }
    Call earlier = CALLS.get(frame.argument());
    while (earlier != null && earlier.open() == null) {
      earlier = earlier.earlier;
    }
    CALLS.put(frame.argument(), new Call(new WeakReference<>(root), frame != root, earlier));
  }

  /**
   * Returns the request that {@code self} works for when it is called with {@code argument} and no
   * request is under way on the thread; {@code null} if the call is a request of its own.
   */
  static RequestFrame find(Object self, Object argument) {
    if (argument == null || CALLS.isEmpty()) {
      return null;
    }
    for (Call call = CALLS.get(argument); call != null; call = call.earlier) {
      RequestFrame root = call.open();
      if (root != null && root.self() == self) {
        return root;
      }
      if (root != null && call.madeForIt) {
        root.over();
      }
    }
    return null;
  }
}
