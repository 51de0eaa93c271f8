package io.metricsagent.instrumentations.wire;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Running;

/**
 * Finds a request by an object that the library makes for each request and hands to every attempt,
 * such as its options. This tells which request an attempt belongs to on threads whose stack does
 * not have the request. Thread-safe; there is one instance for each library.
 */
public final class RequestsUnderway {
  private static final int MAX_REQUESTS = 10_000;

  private final WeakMap<Object, Running> requests = new WeakMap<>(MAX_REQUESTS);

  /** Remembers that {@code options} belong to the request under way on this thread, if any. */
  void put(Object options) {
    if (options != null
        && FrameStack.current().top() instanceof RequestFrame top
        && top.root() != null) {
      requests.put(options, Running.of(top.root()));
    }
  }

  /** Returns a request that has not ended, or {@code null}. */
  Running find(Object options) {
    Running request = options == null ? null : requests.get(options);
    return request != null && request.isOpen() ? request : null;
  }

  /** Returns the outermost frame of a request that has not ended, or {@code null}. */
  RequestFrame get(Object options) {
    Running request = find(options);
    return request == null ? null : request.root();
  }

  /** Forgets a request that will have no more attempts. */
  void remove(Object options) {
    if (options != null) {
      requests.remove(options);
    }
  }
}
