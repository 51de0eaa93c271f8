package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.mailboxes.Outcome;

/** Messages that the application wants to consume later. Used by the thread that says so. */
final class Later {
  private final Ids ids;
  private Outcome outcome = Outcome.ACKED;

  Later(Ids ids) {
    this.ids = ids;
  }

  /** The client looks for the producer of dead letters: in this call, the messages become some. */
  static void deadLetterOnThisThread() {
    if (FrameStack.current().top() instanceof MailboxFrame frame
        && frame.argument() instanceof Later later) {
      later.outcome = Outcome.DEAD_LETTERED;
    }
  }

  Ids ids() {
    return ids;
  }

  Outcome outcome() {
    return outcome;
  }
}
