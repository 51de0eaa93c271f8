package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * Reads {@code ToolExecutionRequest} and the results of tools.
 *
 * <p>LangChain4j turns a tool's exception into text for the model. From 1.6 on, the result has a
 * flag for the failure. In earlier versions, only the exception of the inner layer shows the
 * failure; for a remote tool that did not answer in time, only the outcome that the tool's client
 * reported shows it.
 */
final class ToolRequestDecoder implements ToolDecoder {
  private static final Accessor NAME = Accessor.path("name()");
  private static final Accessor IS_ERROR = Accessor.path("isError()");
  private static final String WRAPPER = "dev.langchain4j.exception.ToolExecutionException";
  private static final String BAD_ARGUMENTS = "dev.langchain4j.exception.ToolArgumentsException";

  @Override
  public String name(Object executor, Object request) {
    return NAME.readString(request);
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    if (Errors.isOfType(innerFailure)) {
      return true;
    }
    return IS_ERROR.read(result) instanceof Boolean said ? said : innerFailure != null;
  }

  @Override
  public String errorCode(Throwable error) {
    if (error == null) {
      return null;
    }
    Throwable inner = Errors.unwrapped(error);
    String type = inner.getClass().getName();
    if (type.equals(BAD_ARGUMENTS)) {
      return "invalid_arguments";
    }
    return type.equals(WRAPPER) && inner.getCause() != null
        ? Errors.type(inner.getCause())
        : Errors.type(inner);
  }
}
