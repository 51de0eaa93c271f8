package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * A model asked for a tool that does not exist. The name is the model's invention and must not
 * become a series: all such calls share one.
 */
final class UnknownToolDecoder implements ToolDecoder {
  @Override
  public String name(Object executor, Object request) {
    return "_unknown";
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return true;
  }

  @Override
  public String errorCode(Throwable error) {
    return "unknown_tool";
  }
}
