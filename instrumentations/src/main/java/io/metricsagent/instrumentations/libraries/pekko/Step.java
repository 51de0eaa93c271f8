package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;

/**
 * What happens to messages of an {@link ActorClass} on the current thread: the note of a frame.
 * What the library calls meanwhile changes it. Where an actor has failed with the message that it
 * handles, the note is what the actor threw.
 */
enum Step {
  /** A message is put into a mailbox. */
  PUT,
  /** … and did not get in. */
  REFUSED,
  /** An actor handles a message. */
  RECEIVE,
  /** … has put it aside, to get it again later from its mailbox. */
  STASHED,
  /** … has put it into a buffer of its own, to take it from there. */
  BUFFERED,
  /** … has done with it, and what it does now concerns other messages. */
  DONE,
  /** An actor has stopped, and its mailbox is emptied. */
  CLEAN_UP;

  /** Returns the frame directly around the caller if it is one of these steps, or {@code null}. */
  static MailboxFrame around() {
    return FrameStack.current().top() instanceof MailboxFrame frame
            && frame.self() instanceof ActorClass
        ? frame
        : null;
  }

  /** Returns the innermost frame of these steps on this thread, or {@code null}. */
  static MailboxFrame innermost() {
    for (Frame frame = FrameStack.current().top(); frame != null; frame = frame.parent()) {
      if (frame instanceof MailboxFrame step && step.self() instanceof ActorClass) {
        return step;
      }
    }
    return null;
  }

  /** An actor has failed with the message that it handles on this thread, if it handles one. */
  static void noteFailed(Throwable failure) {
    MailboxFrame frame = innermost();
    if (frame != null && frame.note() == RECEIVE) {
      frame.note(failure);
    }
  }

  /**
   * An actor has put aside the message that it handles on this thread, if it handles one: that
   * comes again, even if the actor fails now.
   *
   * @return whether the message was not put aside before
   */
  static boolean notePutAside(MailboxFrame frame, Step step) {
    if (frame == null || frame.note() != RECEIVE && !(frame.note() instanceof Throwable)) {
      return false;
    }
    frame.note(step);
    return true;
  }
}
