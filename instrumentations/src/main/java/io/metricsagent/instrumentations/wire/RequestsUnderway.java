package io.metricsagent.instrumentations.wire;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Running;

/**
 * Requests under way by an object that the library creates for each request and passes to every
 * attempt, such as the request's options. On threads whose stack has no frame of the request, an
 * attempt finds its request by this object. Thread-safe; each library has one instance.
 */
public final class RequestsUnderway {
  private static final int MAX_REQUESTS = 10_000;

  private final WeakMap<Object, Running> requests = new WeakMap<>(MAX_REQUESTS);

  /** Adds {@code options} as those of the request under way on this thread, if there is one. */
  void put(Object options) {
    if (options != null
        && FrameStack.current().top() instanceof RequestFrame top
        && top.root() != null) {
      requests.put(options, Running.of(top.root()));
    }
  }

  /** Returns the request of {@code options}, or {@code null} if it is unknown or has ended. */
  Running find(Object options) {
    Running request = options == null ? null : requests.get(options);
    return request != null && request.isOpen() ? request : null;
  }

  /** Returns the root frame of the request, or {@code null} if it is unknown or has ended. */
  RequestFrame get(Object options) {
    Running request = find(options);
    return request == null ? null : request.root();
  }

  /** Removes a request that will have no more attempts. */
  void remove(Object options) {
    if (options != null) {
      requests.remove(options);
    }
  }
}
