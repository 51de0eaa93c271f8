package io.metricsagent.instrumentations.libraries.quarkus;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * The guardrails of a tool, within its call. A caller turns their exceptions into text for the
 * model, so only their methods show the exception.
 */
final class GuardrailDecoder implements ToolDecoder {
  /** Returns no name: the layer above knows the tool. */
  @Override
  public String name(Object service, Object request) {
    return null;
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
