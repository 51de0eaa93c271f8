package io.metricsagent.instrumentations.libraries.jms;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The sessions of one connection that have consumers. Closing a connection closes its sessions, and
 * some providers do that without calling {@code Session.close}. Thread-safe; holds no reference to
 * the application's objects, and none to sessions that are gone.
 */
final class JmsConnection {
  private final List<WeakReference<JmsSession>> sessions = new ArrayList<>(2);

  synchronized void add(JmsSession session) {
    remove(null);
    sessions.add(new WeakReference<>(session));
  }

  /** Removes a session that is closed, and those that are gone. */
  synchronized void remove(JmsSession closed) {
    for (Iterator<WeakReference<JmsSession>> i = sessions.iterator(); i.hasNext(); ) {
      WeakReference<JmsSession> session = i.next();
      if (session.refersTo(null) || session.refersTo(closed)) {
        i.remove();
      }
    }
  }

  /** Returns how many sessions the connection has. */
  synchronized int sessions() {
    return sessions.size();
  }

  /** The messages that the application has not settled go back. */
  synchronized void closed() {
    for (WeakReference<JmsSession> known : sessions) {
      JmsSession session = known.get();
      if (session != null) {
        session.giveBackAll();
      }
    }
    sessions.clear();
  }
}
