package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.lang.reflect.Method;
import java.util.function.BiFunction;

/**
 * The handlers for a server that runs tools for clients: one object of the server receives all
 * calls, looks for the tool, checks the arguments and runs the tool.
 *
 * <p>A call has no tool's name until the server has found the tool, so that a name that a client
 * invents does not become a series.
 */
public final class ServedTools {
  /** The name under which all calls of tools that do not exist are counted. */
  public static final String UNKNOWN_TOOL = "_unknown";

  /** The error code of a call of a tool that does not exist. */
  public static final String NO_SUCH_TOOL = "unknown_tool";

  private final ToolDecoder decoder;
  private final ToolRecorder recorder;

  /**
   * Makes the handlers.
   *
   * @param decoder reads a tool's name from the server's object for the tool
   */
  public ServedTools(ToolDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    recorder = new ToolRecorder(decoder, telemetry);
  }

  /**
   * Returns the handler of a method that returns the object for all calls. That object has a method
   * {@code handle}, which returns a publisher of the result. The rule must replace the result.
   */
  public SiteHandler dispatcher(String interfaceName) {
    return new ResultHandler() {
      @Override
      Object replaced(Object self, Object dispatcher) {
        return new Dispatcher(dispatcher).as(interfaceName);
      }
    };
  }

  private final class Dispatcher extends StandIn {
    Dispatcher(Object dispatcher) {
      super(dispatcher);
    }

    @Override
    protected Call around(Method method) {
      return method.getName().equals("handle") ? new Dispatch() : null;
    }

    /** One call of a tool, until {@code handle} returns the publisher. */
    private final class Dispatch implements Call {
      private ToolFrame frame;

      @Override
      public void before(Object[] args) {
        frame = FrameStack.current().pushTool(null, UNKNOWN_TOOL, null, null);
        if (frame != null) {
          frame.isFor(recorder.experiment());
        }
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        FrameStack stack = FrameStack.current();
        if (frame == null || !stack.pop(frame)) {
          return result;
        }
        ToolRecorder.OpenCall failed = thrown == null ? null : recorder.open(frame);
        long nanos = System.nanoTime() - frame.startNanos();
        String tool = frame.tool();
        Throwable refusal = frame.innerFailure();
        tellExchange(frame);
        stack.release(frame);
        if (failed != null) {
          recorder.end(failed, nanos, true, thrown, null);
        }
        return result == null
            ? null
            : new ToolPublisherHandler.Calls(recorder, tool, refusal, null, null, nanos)
                .inFrontOf(result);
      }
    }
  }

  /** Tells the request for which a tool was called the tool's name. */
  private static void tellExchange(ToolFrame call) {
    if (call.parent() != null) {
      call.parent().toolServed(call.tool());
    }
  }

  /**
   * Returns the handler of a method of the server's object for a tool, which the server calls when
   * it has found the tool.
   */
  public SiteHandler found() {
    return new ResultHandler() {
      @Override
      Object replaced(Object self, Object result) {
        name(self);
        return result;
      }
    };
  }

  /**
   * Returns the handler of a method that receives the server's object for a tool, checks the
   * arguments, and returns an object only if they are wrong.
   */
  public SiteHandler check() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        return name(arg0);
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        if (result != null) {
          ((ToolFrame) token).failedWithin(Errors.ofType("invalid_arguments"));
        }
        return result;
      }
    };
  }

  /**
   * Names the call under way; returns the frame of the call, or {@code null} if no call is under
   * way.
   */
  private ToolFrame name(Object tool) {
    if (!(FrameStack.current().top() instanceof ToolFrame top)
        || !UNKNOWN_TOOL.equals(top.tool())) {
      return null;
    }
    String name = decoder.name(tool, tool);
    top.name(name == null ? UNKNOWN_TOOL : name);
    return top;
  }

  /**
   * Returns the handler of a method of the server's object for a tool, which returns the function
   * to run. Other rules that measure the tool inside the function, on whatever thread, see a layer
   * within the same call. The rule must replace the result.
   */
  public SiteHandler body() {
    return new ResultHandler() {
      @Override
      @SuppressWarnings("unchecked") // the function gets its own arguments
      Object replaced(Object self, Object function) {
        String tool = decoder.name(self, self);
        return tool == null || !(function instanceof BiFunction<?, ?, ?> body)
            ? function
            : new Body(tool, (BiFunction<Object, Object, Object>) body);
      }
    };
  }

  private record Body(String tool, BiFunction<Object, Object, Object> original)
      implements BiFunction<Object, Object, Object> {
    @Override
    public Object apply(Object exchange, Object request) {
      FrameStack stack = FrameStack.current();
      ToolFrame frame = stack.pushTool(null, tool, null, null);
      if (frame == null) {
        return original.apply(exchange, request);
      }
      try {
        return original.apply(exchange, request);
      } finally {
        stack.end(frame);
      }
    }
  }

  /** A handler that only needs the receiver and the result of a method. */
  private abstract static class ResultHandler extends SiteHandler {
    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      return self;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result == null ? null : replaced(token, result);
    }

    abstract Object replaced(Object self, Object result);
  }
}
