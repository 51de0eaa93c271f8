package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code Connection.executeCommand} of Jedis, which returns the reply. */
final class JedisCallHandler extends SiteHandler {
  private record Timed(Request request, long begun) {}

  private final RedisTracker tracker;

  JedisCallHandler(RedisTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Request request = JedisRequests.of(arg0);
    long begun = request == null ? 0 : tracker.begin();
    return begun == 0 ? request : new Timed(request, begun);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Request request = token instanceof Timed timed ? timed.request : (Request) token;
    MailboxMetrics mailbox = thrown == null ? tracker.replied(request, result) : null;
    if (token instanceof Timed timed && !isRedirection(thrown)) {
      tracker.ended(request, timed.begun, mailbox, thrown);
    }
    return result;
  }

  /** Returns whether another server of a cluster has the stream: the client asks that one next. */
  private static boolean isRedirection(Throwable thrown) {
    return thrown != null
        && thrown.getClass().getSuperclass().getSimpleName().equals("JedisRedirectionException");
  }
}
