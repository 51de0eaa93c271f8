package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;

/**
 * What happens to messages of an {@link ActorClass} on the current thread: the note of a frame.
 * What the library calls meanwhile changes it.
 */
enum Step {
  /** A message is put into a mailbox. */
  PUT,
  /** … and did not get in. */
  REFUSED,
  /** An actor handles a message. */
  RECEIVE,
  /** … has put it aside, to get it again later. */
  STASHED,
  /** … failed with it. */
  FAILED,
  /** An actor has stopped, and its mailbox is emptied. */
  CLEAN_UP;

  /** Returns the frame directly around the caller if it is one of these steps, or {@code null}. */
  static MailboxFrame around() {
    return FrameStack.current().top() instanceof MailboxFrame frame
            && frame.self() instanceof ActorClass
        ? frame
        : null;
  }

  /** Notes what an actor did with the message that it handles on this thread, if it does. */
  static void noteReceived(Step step) {
    for (Frame frame = FrameStack.current().top(); frame != null; frame = frame.parent()) {
      if (frame instanceof MailboxFrame received && received.self() instanceof ActorClass) {
        if (received.note() == RECEIVE || received.note() == FAILED && step == STASHED) {
          received.note(step); // what was put aside comes again, even if the actor fails now
        }
        return;
      }
    }
  }
}
