package io.metricsagent.instrumentations.wire;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Running;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * The attempts of a library that retries in an interceptor of OkHttp, on OkHttp's threads. Attempts
 * find their request by OkHttp's request object, which the library creates on the thread of the
 * call.
 */
public final class OkHttpAttempts {
  private static final Accessor REQUEST = Accessor.path("request()");
  private static final Accessor STATUS = Accessor.path("code()");
  private static final Accessor BODY = Accessor.path("body()");
  private static final int MAX_BODIES = 10_000;

  private final RequestsUnderway underway = new RequestsUnderway();
  private final WeakMap<Object, Running> bodies = new WeakMap<>(MAX_BODIES);

  /**
   * A method that creates the request object.
   *
   * @param decoder reads the provider from the method's receiver
   */
  public SiteHandler built(LlmDecoder decoder) {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        if (!(FrameStack.current().top() instanceof RequestFrame top) || top.root() == null) {
          return null;
        }
        top.root().facts().learnProvider(decoder.provider(self));
        return top;
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        underway.put(result);
        return result;
      }
    };
  }

  /**
   * {@code Interceptor.intercept}, which calls {@code proceed} of its first argument for each
   * attempt. The rule must replace that argument.
   */
  public SiteHandler interceptor() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object chain, Object arg1, Object arg2) {
        return underway.find(REQUEST.read(chain));
      }

      @Override
      public Object replaceArgument(Object token, Object chain) {
        return new Attempts((Running) token, chain).as("Chain");
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        return result;
      }
    };
  }

  /** A proxy of an interceptor's chain; one thread calls {@code proceed}, once for each attempt. */
  private final class Attempts extends StandIn {
    private final Running request;

    /** The start of the attempt minus the time left out on the thread until then. */
    private long startNanos;

    Attempts(Running request, Object chain) {
      super(chain);
      this.request = request;
    }

    @Override
    protected void calling(String method, Object[] args) {
      if (method.equals("proceed")) {
        startNanos = System.nanoTime() - FrameStack.current().leftOutNanos();
      }
    }

    @Override
    protected void thrown(String method, Throwable error) {
      returned(method, null);
    }

    @Override
    protected Object returned(String method, Object answer) {
      if (method.equals("proceed") && request.isOpen()) {
        RequestFrame root = request.root();
        root.attempts().add(startNanos + FrameStack.current().leftOutNanos(), System.nanoTime());
        if (Errors.isThrottle(STATUS.readLong(answer))) {
          root.attempts().throttled();
        }
        Object body = BODY.read(answer);
        if (body != null) {
          bodies.put(body, request);
        }
      }
      return answer;
    }
  }

  /** {@code ResponseBody.string}: the body arrives while it is read, after the attempt. */
  public SiteHandler body() {
    return new SiteHandler() {
      @Override
      public Object enter(Object body, Object arg0, Object arg1, Object arg2) {
        Running request = bodies.isEmpty() ? null : bodies.remove(body);
        return request == null
            ? null
            : new Reading(request, System.nanoTime() - FrameStack.current().leftOutNanos());
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        Reading reading = (Reading) token;
        if (reading.request.isOpen()) {
          long start = reading.startNanos + FrameStack.current().leftOutNanos();
          long nanos = System.nanoTime() - start;
          reading.request.root().attempts().bodyRead(nanos);
        }
        return result;
      }
    };
  }

  /** The reading of a body; its start is reduced by the time left out on the thread until then. */
  private record Reading(Running request, long startNanos) {}
}
