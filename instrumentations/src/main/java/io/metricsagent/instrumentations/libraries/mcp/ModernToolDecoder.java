package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;

/**
 * Reads calls of tools that a server of the second stack receives: {@code McpRequestContext} names
 * the tool, and {@code McpAsyncResponse} has the result.
 */
final class ModernToolDecoder implements ToolDecoder {
  private static final Accessor METHOD = Accessor.path("method()");
  private static final Accessor TOOL = Accessor.path("primitiveName()");
  private static final Accessor IS_ERROR = Accessor.path("result().isError()");

  /** The simple name of the class of answers that are streams. */
  static final String STREAMING = "Streaming";

  private final McpToolDecoder errors = new McpToolDecoder(Errors::type);
  private final FoundTools found;

  ModernToolDecoder(FoundTools found) {
    this.found = found;
  }

  @Override
  public String name(Object feature, Object context) {
    return McpRecorder.TOOLS_CALL.equals(METHOD.readString(context))
        ? TOOL.readString(context)
        : null;
  }

  @Override
  public boolean isFailure(Object response, Throwable innerFailure) {
    return innerFailure != null || Boolean.TRUE.equals(IS_ERROR.read(response));
  }

  /** Returns whether a response is a stream; then the tool runs later. */
  @Override
  public boolean goesOn(Object response) {
    return response.getClass().getSimpleName().equals(STREAMING);
  }

  @Override
  public Throwable refusal(Object response) {
    return found.refusal(response);
  }

  @Override
  public String errorCode(Throwable error) {
    return errors.errorCode(error);
  }

  @Override
  public String countedAs(String name, Throwable error) {
    return found.countedAs(name);
  }
}
