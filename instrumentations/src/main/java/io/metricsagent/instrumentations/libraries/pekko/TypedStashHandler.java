package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the {@code StashBuffer} of typed actors. {@code unstash} hands its messages to a behavior
 * one after the other, within the message that the actor handles; compilers have inlined the method
 * that hands one over, so the method is woven that takes one out.
 */
final class TypedStashHandler extends SiteHandler {
  /** What the method does. */
  enum Of {
    /** The actor puts a message aside, usually the one that it handles. */
    STASH,
    /** The actor takes messages out and handles them. */
    UNSTASH,
    /** The next one is taken out. */
    NEXT,
    /** The actor throws all messages away. */
    CLEAR
  }

  private final ActorTracker tracker;
  private final Of method;

  TypedStashHandler(ActorTracker tracker, Of method) {
    this.tracker = tracker;
    this.method = method;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return switch (method) {
      case STASH -> self;
      case UNSTASH -> unstashing(self);
      case NEXT -> {
        next(self);
        yield null;
      }
      case CLEAR -> tracker.stash(self);
    };
  }

  /** The methods call one another, which is one call. */
  private MailboxFrame unstashing(Object buffer) {
    TypedStash stash = tracker.stash(buffer);
    MailboxFrame frame = stash == null ? null : Nesting.enter(buffer, stash.actors(), stash);
    if (frame != null) {
      frame.note(Step.DONE);
    }
    return frame;
  }

  private void next(Object buffer) {
    if (FrameStack.current().top() instanceof MailboxFrame frame
        && frame.owner() == buffer
        && frame.argument() instanceof TypedStash stash) {
      stash.ended(frame.note());
      stash.take(tracker.begin());
      frame.note(Step.RECEIVE);
    }
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (method == Of.CLEAR) {
      ((TypedStash) token).clear();
    } else if (method == Of.UNSTASH) {
      unstashed((MailboxFrame) token, thrown);
    } else if (thrown == null) { // else the buffer is full
      stashed(token);
    }
    return result;
  }

  private static void unstashed(MailboxFrame frame, Throwable thrown) {
    TypedStash stash = (TypedStash) frame.argument();
    Object note = frame.note();
    if (!Nesting.exit(frame)) {
      return;
    }
    stash.ended(thrown != null && note == Step.RECEIVE ? ofBehavior(thrown) : note);
    MailboxFrame outer = Step.innermost();
    if (thrown != null && outer != null && outer.note() == Step.RECEIVE) {
      outer.note(Step.DONE); // the actor has not failed with the message that it got
    }
  }

  /** Returns what the behavior threw: the library wraps it. */
  private static Throwable ofBehavior(Throwable thrown) {
    return thrown.getCause() != null && thrown.getClass().getSimpleName().equals("UnstashException")
        ? thrown.getCause()
        : thrown;
  }

  private void stashed(Object buffer) {
    MailboxFrame frame = Step.innermost();
    TypedStash stash =
        frame == null ? tracker.stash(buffer) : tracker.stash(buffer, (ActorClass) frame.self());
    if (stash == null) {
      return;
    }
    if (!Step.notePutAside(frame, Step.BUFFERED)) {
      stash.putNew();
    } else if (frame.argument() instanceof TypedStash from) {
      stash.putAgain(from);
    } else {
      stash.put(frame.argument());
    }
  }
}
