package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Open sessions, from the request that begins a session to the session's close. A session that is
 * never closed is dropped when its object is garbage-collected. Thread-safe.
 */
final class McpSessions {
  private static final Accessor METHOD = Accessor.path("method()");
  private static final Accessor SESSION = Accessor.path("session()");
  private static final int MAX_SESSIONS = 10_000;

  private final WeakMap<Object, Long> begun = new WeakMap<>(MAX_SESSIONS);

  /** A handler that only runs at the beginning of a method. */
  private abstract static class EnterHandler extends SiteHandler {
    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result;
    }
  }

  private void begin(Object session) {
    begun.put(session, System.nanoTime());
  }

  private void end(Object session, McpRecorder recorder, String side) {
    Long start = begun.remove(session);
    if (start != null) {
      recorder.session(side, System.nanoTime() - start);
    }
  }

  /**
   * Handles a method of a session that sends or receives a request. The first argument is the name
   * of the protocol's method, or an object with a getter for that name.
   */
  SiteHandler beginning() {
    return new EnterHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        String method = arg0 instanceof String name ? name : METHOD.readString(arg0);
        if (ReceivedRequest.INITIALIZE.equals(method)) {
          begin(self);
        }
        return null;
      }
    };
  }

  /**
   * Handles a method that begins a session of the receiver, and ends the receiver's earlier
   * session.
   */
  SiteHandler begin(McpRecorder recorder, String side) {
    return new EnterHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        end(self, recorder, side);
        begin(self);
        return null;
      }
    };
  }

  /** Handles a method whose result has a getter for the new session. */
  SiteHandler made() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        return self;
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        Object session = SESSION.read(result);
        if (session != null) {
          begin(session);
        }
        return result;
      }
    };
  }

  /** Handles a method that closes a session; only the first call counts. */
  SiteHandler closed(McpRecorder recorder, String side) {
    return new EnterHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        end(self, recorder, side);
        return null;
      }
    };
  }
}
