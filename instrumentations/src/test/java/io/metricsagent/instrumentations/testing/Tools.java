package io.metricsagent.instrumentations.testing;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;

/** Tools whose first argument is their name; one that returns {@link #FAILED} has failed. */
public class Tools implements ToolDecoder {
  /** The result of a tool that failed. */
  public static final Object FAILED = new Object();

  @Override
  public String name(Object executor, Object request) {
    return (String) request;
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return result == FAILED || innerFailure != null;
  }

  @Override
  public String errorCode(Throwable error) {
    return error == null ? null : Errors.type(error);
  }
}
