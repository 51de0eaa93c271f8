package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * Names calls of tools that do not exist. The model has invented the tool's name, so the name must
 * not become a series: all such calls share one series.
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
