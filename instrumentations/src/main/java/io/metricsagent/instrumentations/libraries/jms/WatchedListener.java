package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;

/**
 * A {@code MessageListener} that records messages and passes them on to the application's listener.
 */
final class WatchedListener extends StandIn {
  private final WeakReference<Object> consumer;
  private final JmsTracker tracker;
  private final SiteHandler owner;

  private WatchedListener(Object listener, Object consumer, JmsTracker tracker, SiteHandler owner) {
    super(listener);
    this.consumer = new WeakReference<>(consumer);
    this.tracker = tracker;
    this.owner = owner;
  }

  /**
   * Returns a watched listener. If a wrapper of the consumer had the listener watched before, the
   * listener is now watched for the provider's own consumer instead.
   */
  static Object watch(Object listener, Object consumer, JmsTracker tracker, SiteHandler owner) {
    return new WatchedListener(unwatched(listener), consumer, tracker, owner).as("MessageListener");
  }

  /** Returns the application's listener behind a watched one, or the object itself. */
  static Object unwatched(Object listener) {
    return behind(listener) instanceof WatchedListener watched ? watched.original() : listener;
  }

  @Override
  protected Call around(Method method) {
    return method.getName().equals("onMessage") && method.getParameterCount() == 1
        ? new Delivery()
        : null;
  }

  /** The delivery of one message to the listener. */
  private final class Delivery implements Call {
    private Frame frame;
    private JmsSession session;
    private MailboxMetrics mailbox;
    private long begun;

    @Override
    public void before(Object[] args) {
      frame = Nesting.enter(owner, null, null);
      if (frame != null && args[0] != null) {
        session = tracker.sessionOf(consumer.get());
        mailbox = tracker.received(args[0], session);
        begun = tracker.begin();
      }
    }

    @Override
    public Object after(Object result, Throwable thrown) {
      if (frame != null) {
        Nesting.exit(frame);
      }
      Operation.PROCESS.ended(begun, mailbox, thrown);
      if (mailbox != null && session != null && session.settlesByItself()) {
        settle(thrown == null);
      }
      return result;
    }

    private void settle(boolean returned) {
      if (returned) {
        mailbox.recordAcked(1);
      } else if (!session.tellsRedelivery()) {
        mailbox.recordNacked(1);
      }
    }
  }
}
