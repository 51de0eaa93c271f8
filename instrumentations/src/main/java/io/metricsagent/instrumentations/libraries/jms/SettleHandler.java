package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles a method of a session that settles all messages that the session has delivered: {@code
 * commit}, {@code rollback}, {@code recover} or {@code close}.
 */
final class SettleHandler extends SiteHandler {
  /** What happens to the messages. */
  enum How {
    /** They are processed; if the method throws, they go back. */
    ACK,
    /** They go back to the queue, unless the provider refuses the call. */
    GIVE_BACK,
    /** The same, and the session is closed. */
    CLOSE
  }

  private final JmsTracker tracker;
  private final How how;

  SettleHandler(JmsTracker tracker, How how) {
    this.tracker = tracker;
    this.how = how;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return how == How.CLOSE ? self : tracker.session(self);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (how == How.CLOSE) {
      if (!Refusal.is(thrown)) {
        tracker.sessionClosed(token);
      }
      return result;
    }
    JmsSession session = (JmsSession) token;
    if (how == How.ACK && thrown == null) {
      session.acknowledgeAll();
    } else if (how == How.GIVE_BACK ? !Refusal.is(thrown) : session.isTransacted()) {
      session.giveBackAll();
    }
    return result;
  }
}
