package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.lang.reflect.Method;

/**
 * A {@code MessageListener} that notes what the application's listener throws, which the client
 * catches and logs. It also times the calls that no {@link ListenerHandler} sees: those of
 * consumers without a queue.
 */
final class WatchedListener extends StandIn {
  private final PulsarTracker tracker;
  private final SiteHandler owner;

  private WatchedListener(Object listener, PulsarTracker tracker, SiteHandler owner) {
    super(listener);
    this.tracker = tracker;
    this.owner = owner;
  }

  /** Returns a watched listener; the listener itself if it is watched. */
  static Object watch(Object listener, PulsarTracker tracker, SiteHandler owner) {
    return behind(listener) instanceof WatchedListener
        ? listener
        : new WatchedListener(listener, tracker, owner).as("MessageListener");
  }

  @Override
  protected Call around(Method method) {
    return method.getName().equals("received") && method.getParameterCount() == 2
        ? new Delivery()
        : null;
  }

  /** The delivery of one message to the listener. */
  private final class Delivery implements Call {
    private ConsumerState consumer;
    private MailboxFrame frame;

    @Override
    public void before(Object[] args) {
      consumer = tracker.consumer(args[0]);
      if (consumer != null && ListenerCall.of(consumer) == null) {
        frame = Nesting.enter(owner, consumer, null);
        if (frame != null) {
          frame.begunAt(tracker.mailboxes().begin());
        }
      }
    }

    @Override
    public Object after(Object result, Throwable thrown) {
      if (frame != null) {
        long begun = frame.begun();
        if (Nesting.exit(frame)) {
          Operation.PROCESS.ended(begun, consumer.queue(), thrown);
        }
      } else if (consumer != null) {
        ListenerCall.ended(consumer, thrown);
      }
      return result;
    }
  }
}
