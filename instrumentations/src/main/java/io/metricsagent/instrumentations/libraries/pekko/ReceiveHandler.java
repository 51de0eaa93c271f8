package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ActorCell.invoke}, in which an actor handles a message. The method calls itself
 * for a message within another one, which counts once, and does not throw what the actor throws.
 */
final class ReceiveHandler extends SiteHandler {
  private final ActorTracker tracker;

  ReceiveHandler(ActorTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ActorClass actors = tracker.of(self);
    MailboxFrame frame = actors == null ? null : Nesting.enter(self, actors, arg0);
    if (frame == null) {
      return null;
    }
    frame.note(Step.RECEIVE);
    frame.begunAt(tracker.begin());
    actors.received(arg0);
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    ActorClass actors = (ActorClass) frame.self();
    Object envelope = frame.argument();
    Object note = frame.note();
    long begin = frame.begun();
    if (!Nesting.exit(frame)) {
      return result;
    }
    if (note == Step.STASHED) {
      actors.stashed(envelope);
    } else if (note == Step.BUFFERED) {
      actors.buffered(envelope);
    } else if (note instanceof Throwable failure) {
      actors.failed(envelope, begin, failure);
    } else if (thrown != null && note != Step.DONE) {
      actors.failed(envelope, begin, thrown);
    } else {
      actors.handled(envelope, begin);
    }
    return result;
  }
}
