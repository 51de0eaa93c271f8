package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.Interfaces;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.BiFunction;

/**
 * The handlers around a server that runs tools for others: one object gets all calls, looks for the
 * tool, checks its arguments and runs it.
 *
 * <p>A call has no name until the server has found the tool: what a client invents is no series.
 */
public final class ServedTools {
  /** What all calls of tools that do not exist count as. */
  public static final String UNKNOWN_TOOL = "_unknown";

  /** The error code of such a call. */
  public static final String NO_SUCH_TOOL = "unknown_tool";

  private final ToolDecoder decoder;
  private final ToolRecorder recorder;

  /**
   * Makes the handlers.
   *
   * @param decoder names a tool by the object that the server keeps of it
   */
  public ServedTools(ToolDecoder decoder, Telemetry telemetry) {
    this.decoder = decoder;
    recorder = new ToolRecorder(decoder, telemetry);
  }

  /**
   * A method that returns the object that gets all calls, whose {@code handle} returns a publisher
   * of the result. The rule must replace the result.
   */
  public SiteHandler dispatcher(String interfaceName) {
    return new ResultHandler() {
      @Override
      Object replaced(Object self, Object dispatcher) {
        return Interfaces.proxy(
            dispatcher,
            interfaceName,
            (proxy, method, args) ->
                method.getName().equals("handle")
                    ? dispatch(dispatcher, method, args)
                    : passOn(dispatcher, method, args));
      }
    };
  }

  private Object dispatch(Object dispatcher, Method method, Object[] args) throws Throwable {
    FrameStack stack = FrameStack.current();
    ToolFrame frame = stack.pushTool(null, UNKNOWN_TOOL, null, null);
    if (frame == null) {
      return passOn(dispatcher, method, args);
    }
    Object result;
    try {
      result = passOn(dispatcher, method, args);
    } catch (Throwable e) {
      stack.pop(frame);
      tellExchange(frame);
      recorder.end(frame.tool(), System.nanoTime() - frame.startNanos(), true, e);
      stack.release(frame);
      throw e;
    }
    stack.pop(frame);
    tellExchange(frame);
    String tool = frame.tool();
    Throwable refusal = frame.innerFailure();
    long nanos = System.nanoTime() - frame.startNanos();
    stack.release(frame);
    return result == null
        ? null
        : new ToolPublisherHandler.Calls(recorder, tool, refusal, null, nanos).inFrontOf(result);
  }

  /** The request that a call is made for learns which tool it was. */
  private static void tellExchange(ToolFrame call) {
    if (call.parent() != null) {
      call.parent().toolServed(call.tool());
    }
  }

  /** A method of the object that the server keeps of a tool, called once it is found. */
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
   * A method that gets what the server keeps of a tool, checks arguments and returns something if
   * they are wrong.
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

  /** Names the call under way; returns its frame, or {@code null} if there is none. */
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
   * A method of the object that the server keeps of a tool that returns the function to run, on
   * whatever thread runs it: what else measures the tool there is a layer within the same call. The
   * rule must replace the result.
   */
  public SiteHandler body() {
    return new ResultHandler() {
      @Override
      @SuppressWarnings("unchecked") // the function gets what it would have got
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

  /** Of interest is only what a method returns, and on what. */
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

  private static Object passOn(Object to, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(to, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
