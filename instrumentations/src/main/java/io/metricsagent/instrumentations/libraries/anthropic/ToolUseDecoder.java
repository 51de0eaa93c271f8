package io.metricsagent.instrumentations.libraries.anthropic;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;

/**
 * {@code BetaToolUseBlockParam} and {@code BetaToolResultBlockParam}: the runner catches a tool's
 * exception and sends it to the model.
 */
final class ToolUseDecoder implements ToolDecoder, ToolLoopHandler.Round {
  private static final Accessor MODEL = Accessor.path("params().model()");
  private static final Accessor NAME = Accessor.path("name()");
  private static final Accessor IS_ERROR = Accessor.path("isError()");

  @Override
  public String name(Object runner, Object toolUse) {
    return NAME.readString(toolUse);
  }

  /** Returns {@code null}: the runner does not pass the answer to the method. */
  @Override
  public Object answer(Object arg0, Object arg1, Object arg2) {
    return null;
  }

  @Override
  public String model(Object runner, Object message) {
    return MODEL.readString(runner);
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return Boolean.TRUE.equals(IS_ERROR.read(result));
  }

  @Override
  public String errorCode(Throwable error) {
    return error == null ? null : Errors.type(error);
  }
}
