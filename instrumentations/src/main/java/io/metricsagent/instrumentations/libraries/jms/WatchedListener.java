package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Interfaces;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A {@code MessageListener} that passes messages on to the application's and records them. */
final class WatchedListener implements InvocationHandler {
  private final Object listener;
  private final WeakReference<Object> consumer;
  private final JmsTracker tracker;
  private final SiteHandler owner;

  private WatchedListener(Object listener, Object consumer, JmsTracker tracker, SiteHandler owner) {
    this.listener = listener;
    this.consumer = new WeakReference<>(consumer);
    this.tracker = tracker;
    this.owner = owner;
  }

  /**
   * Returns a watched listener; one that a wrapper of the consumer had watched is watched for the
   * provider's own consumer instead.
   */
  static Object watch(Object listener, Object consumer, JmsTracker tracker, SiteHandler owner) {
    Object own = unwatched(listener);
    return Interfaces.proxy(
        own, "MessageListener", new WatchedListener(own, consumer, tracker, owner));
  }

  /** Returns the application's listener behind a watched one, or the object itself. */
  static Object unwatched(Object listener) {
    return listener != null
            && Proxy.isProxyClass(listener.getClass())
            && Proxy.getInvocationHandler(listener) instanceof WatchedListener watched
        ? watched.listener
        : listener;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getName().equals("onMessage") && args != null && args.length == 1) {
      return onMessage(method, args);
    }
    if (method.getName().equals("equals") && method.getDeclaringClass() == Object.class) {
      return listener.equals(unwatched(args[0]));
    }
    return call(method, args);
  }

  private Object onMessage(Method method, Object[] args) throws Throwable {
    Frame frame = null;
    JmsSession session = null;
    MailboxMetrics mailbox = null;
    try {
      frame = Nesting.enter(owner, null, null);
      if (frame != null && args[0] != null) {
        session = tracker.sessionOf(consumer.get());
        mailbox = tracker.received(args[0], session);
      }
    } catch (Throwable fault) { // the application gets its message whatever happens here
      mailbox = null;
    }
    boolean returned = false;
    try {
      Object result = call(method, args);
      returned = true;
      return result;
    } finally {
      if (frame != null) {
        Nesting.exit(frame);
      }
      if (mailbox != null && session != null && session.settlesByItself()) {
        settle(session, mailbox, returned);
      }
    }
  }

  private static void settle(JmsSession session, MailboxMetrics mailbox, boolean returned) {
    if (returned) {
      mailbox.recordAcked(1);
    } else if (!session.tellsRedelivery()) {
      mailbox.recordNacked(1);
    }
  }

  private Object call(Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(listener, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
