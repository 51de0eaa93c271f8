package io.metricsagent.instrumentations.libraries.googlegenai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;

/** Methods that the client calls for the model; an exception of such a method ends the request. */
final class FunctionDecoder implements ToolDecoder {
  private static final Accessor NAME = Accessor.path("getName()");

  @Override
  public String name(Object executor, Object method) {
    return NAME.readString(method);
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return innerFailure != null;
  }

  @Override
  public String errorCode(Throwable error) {
    return error == null ? null : Errors.type(error);
  }
}
