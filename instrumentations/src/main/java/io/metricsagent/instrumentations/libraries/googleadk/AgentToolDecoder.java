package io.metricsagent.instrumentations.libraries.googleadk;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;
import io.metricsagent.instrumentations.tools.ToolRoundHandler;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Map;

/**
 * Reads {@code BaseTool} and the maps that tools return. By convention, a tool has failed if the
 * map's {@code status} is {@code error} or the map has an entry {@code error}. No other entry of a
 * map is read.
 */
final class AgentToolDecoder implements ToolDecoder, ToolRoundHandler.Round {
  private static final Accessor NAME = Accessor.path("name()");
  private static final Accessor CONFIRMATIONS =
      Accessor.path("actions().requestedToolConfirmations()");
  private static final Accessor MODEL = Accessor.path("agent().resolvedModel().model().model()");
  private static final Accessor MODEL_NAME = Accessor.path("agent().resolvedModel().modelName()");
  private static final Accessor CALLS = Accessor.path("functionCalls()");

  /** The prefix of the message with which the ADK wraps a checked exception. */
  private static final String WRAPPER = "Failed to call tool: ";

  /**
   * The method that runs tools is static and gets the tool as an argument; methods of the tool have
   * it as their receiver.
   */
  @Override
  public String name(Object tool, Object first) {
    return NAME.readString(tool == null ? first : tool);
  }

  /** The map is behind the tool where the tool is an argument. */
  @Override
  public Object arguments(Object first, Object second) {
    return first instanceof Map<?, ?> ? first : second;
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    if (innerFailure != null || !(result instanceof Map<?, ?> map)) {
      return innerFailure != null;
    }
    Object error = map.get("error");
    return "error".equals(map.get("status")) || (error != null && !Boolean.FALSE.equals(error));
  }

  @Override
  public boolean isPending(Object context) {
    return CONFIRMATIONS.read(context) instanceof Map<?, ?> asked && !asked.isEmpty();
  }

  @Override
  public String errorCode(Throwable error) {
    if (error == null) {
      return "tool_error";
    }
    Throwable inner = Errors.unwrapped(error);
    boolean wrapped =
        inner.getClass() == RuntimeException.class
            && inner.getCause() != null
            && inner.getMessage() != null
            && inner.getMessage().startsWith(WRAPPER);
    return Errors.type(wrapped ? inner.getCause() : inner);
  }

  /** Reports wrong arguments for a call that did not reach the tool's method. */
  @Override
  public Throwable handedOut(Throwable failure) {
    return failure == null || failure instanceof InvocationTargetException
        ? failure
        : Errors.ofType("invalid_arguments");
  }

  @Override
  public String model(Object context) {
    String model = MODEL.readString(context);
    return model == null ? MODEL_NAME.readString(context) : model;
  }

  @Override
  public int asked(Object event) {
    return CALLS.read(event) instanceof Collection<?> calls ? calls.size() : 0;
  }

  @Override
  public int unknown(Object event, Object tools) {
    int unknown = 0;
    if (CALLS.read(event) instanceof Collection<?> calls && tools instanceof Map<?, ?> known) {
      for (Object call : calls) {
        String name = NAME.readString(call);
        unknown += name == null || known.containsKey(name) ? 0 : 1;
      }
    }
    return unknown;
  }
}
