package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.function.Function;

/**
 * A method that returns or receives the name of a request's model. Such a method is woven in
 * frameworks where no other object of the request has the name, or none before the answer.
 */
public final class ModelNameHandler extends SiteHandler {
  private final Function<Object, String> nameOfArgument;

  private ModelNameHandler(Function<Object, String> nameOfArgument) {
    this.nameOfArgument = nameOfArgument;
  }

  /** Returns a handler for a method that returns the name. */
  public static ModelNameHandler ofResult() {
    return new ModelNameHandler(null);
  }

  /** Returns a handler for a method whose first argument has the name; {@code name} reads it. */
  public static ModelNameHandler ofArgument(Function<Object, String> name) {
    return new ModelNameHandler(name);
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (!(FrameStack.current().top() instanceof RequestFrame top)
        || top.facts().model() != null
        || !top.isOpen()) {
      return null;
    }
    if (nameOfArgument == null) {
      return top;
    }
    name(top, nameOfArgument.apply(arg0));
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof String name) {
      name((RequestFrame) token, name);
    }
    return result;
  }

  private static void name(RequestFrame frame, String name) {
    if (name != null && !name.isBlank()) {
      frame.facts().learnModel(name);
    }
  }
}
