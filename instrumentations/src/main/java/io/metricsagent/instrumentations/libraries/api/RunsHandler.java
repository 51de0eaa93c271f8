package io.metricsagent.instrumentations.libraries.api;

import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Handles {@code MetricsAgentApi.runs}: the application gets an object that begins runs, instead of
 * the one that does nothing. Each copy of the interface has one such object.
 */
final class RunsHandler extends SiteHandler {
  private final Telemetry telemetry;

  /** The objects, by the class that does nothing; each copy of the interface has one such class. */
  private final ClassValue<AtomicReference<Object>> runs =
      new ClassValue<>() {
        @Override
        protected AtomicReference<Object> computeValue(Class<?> type) {
          return new AtomicReference<>();
        }
      };

  RunsHandler(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return this; // the handler only needs the result
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result == null) {
      return null;
    }
    AtomicReference<Object> own = runs.get(result.getClass());
    if (own.get() == null) {
      own.compareAndSet(null, new RunFactory(result, telemetry.events()).as("AgentRuns"));
    }
    return own.get();
  }
}
