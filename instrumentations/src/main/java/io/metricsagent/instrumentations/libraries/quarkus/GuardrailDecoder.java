package io.metricsagent.instrumentations.libraries.quarkus;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * The guardrails of a tool, within its call: what they throw becomes text for the model further
 * out, and this is the only place that tells of it.
 */
final class GuardrailDecoder implements ToolDecoder {
  /** The layer above knows it. */
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
