package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * {@code ToolCallback}. Exceptions escape here and become text for the model further out; a
 * callback that wraps another one and makes text of its exception failed as well.
 */
final class CallbackDecoder implements ToolDecoder {
  private static final Accessor NAME = Accessor.path("getToolDefinition().name()");
  private static final String WRAPPER = "ToolExecutionException";

  @Override
  public String name(Object callback, Object input) {
    return NAME.readString(callback);
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return innerFailure != null;
  }

  @Override
  public String errorCode(Throwable error) {
    if (error == null) {
      return null;
    }
    Throwable inner = Errors.unwrapped(error);
    return inner.getClass().getSimpleName().equals(WRAPPER) && inner.getCause() != null
        ? Errors.type(inner.getCause())
        : Errors.type(inner);
  }
}
