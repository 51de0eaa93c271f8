package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Commands of Jedis whose replies come later, in a pipeline or a transaction: the application gets
 * a {@code Response} for each. A transaction that is given up sets none of them. Thread-safe; keeps
 * no object of the application alive.
 */
final class JedisPipelines {
  private static final int MAX_RESPONSES = 100_000;

  private final RedisTracker tracker;
  private final WeakMap<Object, Request> requests = new WeakMap<>(MAX_RESPONSES);

  JedisPipelines(RedisTracker tracker) {
    this.tracker = tracker;
  }

  /** Handles {@code appendCommand}, which returns the response. */
  SiteHandler appending() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        return JedisRequests.of(arg0);
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        if (result != null) {
          requests.put(result, (Request) token);
        }
        return result;
      }
    };
  }

  /** Handles {@code Response.set}, which gets the reply as Redis sent it. */
  SiteHandler answering() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        Request request = requests.isEmpty() ? null : requests.remove(self);
        if (request != null) {
          tracker.replied(request, arg0);
        }
        return null;
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        return result;
      }
    };
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }
}
