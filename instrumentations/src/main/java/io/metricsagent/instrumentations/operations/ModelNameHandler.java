package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A method that returns the name of the model that a request goes to, for frameworks that ask for
 * it within the request and tell it nowhere else.
 */
public final class ModelNameHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Frame top = FrameStack.current().top();
    return top != null && top.kind == Frame.Kind.LLM && top.model == null && top.isInOpenRequest()
        ? top
        : null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof String name && !name.isBlank()) {
      ((Frame) token).model = name;
    }
    return result;
  }
}
