package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Sessions that are open, from the request that begins one to its close. One that is never closed
 * is forgotten with its object. Thread-safe.
 */
final class McpSessions {
  private static final Accessor METHOD = Accessor.path("method()");
  private static final Accessor SESSION = Accessor.path("session()");
  private static final int MAX_SESSIONS = 10_000;

  private final WeakMap<Object, Long> begun = new WeakMap<>(MAX_SESSIONS);

  /** Of interest is only that a method is called. */
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
   * A method of a session that sends or receives requests, the first argument of which is a method
   * of the protocol or an object that has one.
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

  /** A method that begins a session of what it is called on, after the end of any before. */
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

  /** A method whose result has the session. */
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

  /** A method that closes a session; the first time counts. */
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
