package io.metricsagent.instrumentations.libraries.langgraph4j;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ServedTools;
import io.metricsagent.instrumentations.tools.ToolEvents;
import java.util.Optional;

/**
 * Handles a method that runs a tool and returns an empty {@link Optional} if the tool does not
 * exist.
 */
final class UnknownToolHandler extends SiteHandler {
  private final Registry registry;
  private final EventStream events;

  UnknownToolHandler(Telemetry telemetry) {
    registry = telemetry.registry();
    events = telemetry.events();
  }

  /** Returns a token for every call, because the handler only needs the result. */
  @Override
  public Object enter(Object self, Object request, Object context, Object arg2) {
    return this;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof Optional<?> answer && answer.isEmpty()) {
      ToolEvents.unknown(events, FrameStack.current().run());
      registry.tool(ServedTools.UNKNOWN_TOOL).recordFailure(0, ServedTools.NO_SUCH_TOOL);
    }
    return result;
  }
}
