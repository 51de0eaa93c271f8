package io.metricsagent.instrumentations.libraries.langgraph4j;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
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
  private final CallContexts contexts;

  UnknownToolHandler(Telemetry telemetry) {
    registry = telemetry.registry();
    events = telemetry.events();
    contexts = telemetry.contexts();
  }

  private String experiment() {
    String said = contexts.get(ContextField.EXPERIMENT);
    return registry.experiment(said == null ? FrameStack.current().experiment() : said);
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
      registry
          .tool(ServedTools.UNKNOWN_TOOL, experiment())
          .recordFailure(0, ServedTools.NO_SUCH_TOOL);
    }
    return result;
  }
}
