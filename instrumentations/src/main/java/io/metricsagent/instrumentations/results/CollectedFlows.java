package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.FrameStack;
import java.lang.reflect.Method;

/**
 * Cold flows of Kotlin: each time somebody collects one is a call of its own. Shared flows have no
 * end and are left alone.
 */
final class CollectedFlows extends ResultFamily {
  /** The interface of flows. */
  static final String FLOW = "kotlinx.coroutines.flow.Flow";

  private static final String SHARED = "kotlinx.coroutines.flow.SharedFlow";

  private CollectedFlows() {}

  static CollectedFlows of(Class<?> type) {
    return ClassNames.hasSupertype(type, SHARED) ? null : new CollectedFlows();
  }

  @Override
  public boolean waitsForSubscribers() {
    return true;
  }

  /**
   * Follows a flow. The flow that takes its place has the interface of flows only: with one of an
   * operator's, the library would ask the original for a flow that nobody follows.
   */
  @Override
  public Object follow(Object result, Class<?> declared, FollowedCall call) {
    if (!declared.getName().equals(FLOW) || call.hasAnswered()) {
      return result;
    }
    Object watched = new Source(result, call).as(declared);
    if (watched != result) {
      call.waitsForSubscribers();
    }
    return watched;
  }

  private static final class Source extends StandIn {
    private final FollowedCall call;

    Source(Object flow, FollowedCall call) {
      super(flow);
      this.call = call;
    }

    @Override
    protected Call around(Method method) {
      return method.getName().equals("collect") && method.getParameterCount() == 2
          ? new Collecting(method.getParameterTypes())
          : null;
    }

    /** One call of {@code collect}. */
    private final class Collecting implements Call {
      private final Class<?>[] types;
      private Coroutines coroutines;
      private OpenCall open;
      private Coroutines.Suspension suspension;
      private Collector collector;

      Collecting(Class<?>[] types) {
        this.types = types;
      }

      @Override
      public void before(Object[] args) throws ReflectiveOperationException {
        coroutines = Coroutines.of(types[1]);
        open = coroutines == null ? null : call.begins(FrameStack.current(), true);
        if (open == null) {
          return;
        }
        collector = new Collector(args[0], open, coroutines);
        suspension = coroutines.suspension(args[1], new Rest(open, collector));
        Object watched = collector.as(types[0]);
        args[1] = suspension.continuation();
        args[0] = watched;
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        if (open == null) {
          return result;
        }
        try {
          call.begun(open);
        } finally {
          end(result, thrown);
        }
        return result;
      }

      private void end(Object result, Throwable thrown) {
        if (thrown == null && coroutines.isSuspended(result)) {
          return;
        }
        if (thrown == null) {
          open.ended(collector.last);
        } else {
          open.failed(thrown);
        }
        if (suspension != null) {
          suspension.release();
        }
      }
    }
  }

  /** The end of a flow that was suspended: it delivers nothing itself. */
  private record Rest(OpenCall call, Collector collector) implements OpenCall {
    @Override
    public void piece(Object piece) {
      call.piece(piece);
    }

    @Override
    public void handled(long nanos) {
      call.handled(nanos);
    }

    @Override
    public void ended(Object nothing) {
      call.ended(collector.last);
    }

    @Override
    public void failed(Throwable error) {
      call.failed(error);
    }

    @Override
    public void cancelled() {
      call.cancelled();
    }
  }

  /** Sees each value on its way to the application's collector. */
  private static final class Collector extends StandIn {
    private final OpenCall call;
    private final Coroutines coroutines;
    private volatile Object last;

    Collector(Object collector, OpenCall call, Coroutines coroutines) {
      super(collector);
      this.call = call;
      this.coroutines = coroutines;
    }

    @Override
    protected Call around(Method method) {
      return method.getName().equals("emit") ? new Emission() : null;
    }

    private final class Emission implements Call {
      private long startNanos;

      @Override
      public void before(Object[] args) {
        last = args[0];
        try {
          call.piece(args[0]);
        } finally {
          startNanos = System.nanoTime();
        }
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        if (!coroutines.isSuspended(result)) {
          call.handled(System.nanoTime() - startNanos);
        }
        return result;
      }
    }
  }
}
