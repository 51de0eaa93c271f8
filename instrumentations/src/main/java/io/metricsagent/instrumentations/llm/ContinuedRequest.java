package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Running;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.function.Supplier;

/**
 * A method whose first argument supplies attempts at a request. The method may ask the supplier
 * again later, on any thread: all attempts belong to the request in which the method was called.
 * The rule must replace the argument.
 */
public final class ContinuedRequest extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return FrameStack.current().top() instanceof RequestFrame top && top.isOpen()
        ? Running.of(top.root())
        : null;
  }

  @Override
  public Object replaceArgument(Object token, Object argument) {
    return argument instanceof Supplier<?> attempts
        ? new Attempts((Running) token, attempts)
        : argument;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }

  private record Attempts(Running request, Supplier<?> original) implements Supplier<Object> {
    @Override
    public Object get() {
      FrameStack stack = FrameStack.current();
      if (stack.top() != null || !request.isOpen()) {
        return original.get();
      }
      RequestFrame frame = stack.pushRequest(request.root(), request.root().self(), null);
      try {
        return original.get();
      } finally {
        stack.end(frame);
      }
    }
  }
}
