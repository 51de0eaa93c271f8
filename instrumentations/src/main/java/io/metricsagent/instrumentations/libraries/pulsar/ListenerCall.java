package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;

/** The frame of a listener's call, of which several handlers know a part. Stateless. */
final class ListenerCall {
  private ListenerCall() {}

  /** Returns the call of a consumer's listener that this thread is in, or {@code null}. */
  static MailboxFrame of(ConsumerState consumer) {
    return FrameStack.current().top() instanceof MailboxFrame frame && frame.self() == consumer
        ? frame
        : null;
  }

  /** The listener gets the message of its call; counts once, however often the client says so. */
  static void handOver(MailboxFrame call, ConsumerState consumer, Object message) {
    if (call.mailbox() == null) {
      call.of(consumer.handOver(message));
    }
  }

  /** The listener returned, or threw what the client will catch; the last word counts. */
  static void ended(ConsumerState consumer, Throwable thrown) {
    MailboxFrame call = of(consumer);
    if (call != null) {
      call.note(thrown);
    }
  }

  /** Returns what the listener threw, or {@code null}. */
  static Throwable failure(MailboxFrame call) {
    return call.note() instanceof Throwable thrown ? thrown : null;
  }
}
