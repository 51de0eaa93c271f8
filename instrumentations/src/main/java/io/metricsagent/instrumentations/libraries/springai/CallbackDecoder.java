package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * Reads {@code ToolCallback}. A callback throws the tool's exception, which its caller turns into
 * text for the model. A callback that wraps another callback and turns that one's exception into
 * text has failed, too.
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
