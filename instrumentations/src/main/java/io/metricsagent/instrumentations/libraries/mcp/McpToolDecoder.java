package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ServedTools;
import io.metricsagent.instrumentations.tools.ToolDecoder;
import java.util.function.Function;

/**
 * Reads calls of tools over the Model Context Protocol: {@code CallToolRequest} and {@code
 * CallToolResult} of the Java SDK, and the exceptions of LangChain4j's own client.
 *
 * <p>A tool's failure is a flag in its result. A call that the server refuses is an error with a
 * code of JSON-RPC. The code -32602 means a tool that does not exist or wrong arguments; only the
 * error's message tells the two apart.
 */
final class McpToolDecoder implements ToolDecoder {
  private static final Accessor NAME = Accessor.path("name()");
  private static final Accessor TOOL_NAME = Accessor.path("tool().name()");
  private static final Accessor IS_ERROR = Accessor.path("isError()");
  private static final Accessor[] CODES = {
    Accessor.path("getJsonRpcError().code()"),
    Accessor.path("errorCode()"),
    Accessor.path("error().code()"),
  };
  private static final String[] TEXTS = {"Unknown tool", "Tool not found"};
  private static final String LANGCHAIN4J = "dev.langchain4j.exception.ToolExecutionException";
  private static final String BAD_ARGUMENTS = "dev.langchain4j.exception.ToolArgumentsException";
  private static final int INVALID_PARAMS = -32602;

  static final String UNKNOWN_TOOL = "unknown_tool";
  private static final String INVALID_ARGUMENTS = "invalid_arguments";

  /**
   * The value of {@code error.type} that OpenTelemetry's conventions define for a result that is an
   * error.
   */
  static final String TOOL_ERROR = "tool_error";

  private final Function<Throwable, String> types;

  /**
   * Makes a decoder.
   *
   * @param types names exceptions that are not errors of the protocol
   */
  McpToolDecoder(Function<Throwable, String> types) {
    this.types = types;
  }

  @Override
  public String name(Object holder, Object request) {
    if (request instanceof String tool) {
      return tool;
    }
    String name = NAME.readString(request);
    return name == null ? TOOL_NAME.readString(request) : name;
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return innerFailure != null || Boolean.TRUE.equals(IS_ERROR.read(result));
  }

  @Override
  public String errorCode(Throwable error) {
    if (error == null) {
      return TOOL_ERROR;
    }
    Throwable inner = Errors.unwrapped(error);
    Integer code = code(inner);
    if (code != null && code == INVALID_PARAMS) {
      return saysUnknownTool(inner.getMessage()) ? UNKNOWN_TOOL : INVALID_ARGUMENTS;
    }
    if (code != null) {
      return code.toString();
    }
    String type = types.apply(inner);
    if (type.equals(LANGCHAIN4J)) {
      // If the exception has no code but only a message, the tool has failed, and the exception's
      // cause has the same message.
      Throwable cause = inner.getCause();
      return cause == null || cause.getClass() == RuntimeException.class
          ? TOOL_ERROR
          : Errors.type(cause);
    }
    return type.equals(BAD_ARGUMENTS) ? INVALID_ARGUMENTS : type;
  }

  /** Returns the JSON-RPC code of an error, or {@code null}. */
  static Integer code(Throwable error) {
    for (Accessor accessor : CODES) {
      if (accessor.read(error) instanceof Integer code) {
        return code;
      }
    }
    return null;
  }

  /**
   * Returns whether the message of an error with {@code INVALID_PARAMS} is about a missing tool.
   */
  static boolean saysUnknownTool(String message) {
    for (String text : TEXTS) {
      if (message != null && message.startsWith(text)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String countedAs(String name, Throwable error) {
    return error != null && errorCode(error).equals(UNKNOWN_TOOL) ? ServedTools.UNKNOWN_TOOL : name;
  }

  /**
   * Returns whether two names may be the same tool: applications often offer a server's tools to a
   * model under other names.
   */
  @Override
  public boolean isSameTool(Object outerExecutor, String outerName, String name) {
    return name.equals(outerName)
        || (outerExecutor != null && outerExecutor.getClass().getSimpleName().contains("Mcp"));
  }

  @Override
  public Throwable handedOut(Throwable failure) {
    return failure == null ? null : Errors.ofType(errorCode(failure));
  }
}
