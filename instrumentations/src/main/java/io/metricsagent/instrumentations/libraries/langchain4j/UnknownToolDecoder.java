package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * Calls of tools that do not exist. The model invented the name, so it must not become a series:
 * all such calls share one series.
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
