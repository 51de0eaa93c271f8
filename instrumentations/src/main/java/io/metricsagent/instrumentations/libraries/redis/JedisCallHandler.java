package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code Connection.executeCommand} of Jedis, which returns the reply. */
final class JedisCallHandler extends SiteHandler {
  private final RedisTracker tracker;

  JedisCallHandler(RedisTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return JedisRequests.of(arg0);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (thrown == null) {
      tracker.replied((Request) token, result);
    }
    return result;
  }
}
