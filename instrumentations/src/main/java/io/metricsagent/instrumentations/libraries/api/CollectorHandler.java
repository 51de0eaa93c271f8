package io.metricsagent.instrumentations.libraries.api;

import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Handles {@code MetricsAgentApi.collector}: the application gets a collector that records, instead
 * of the one that does nothing. Each copy of the interface has one collector, which lives as long
 * as the classes of that copy.
 */
final class CollectorHandler extends SiteHandler {
  private final Telemetry telemetry;
  private final BadValues badValues = new BadValues();

  /**
   * The collectors, by the class that does nothing; each copy of the interface has one such class.
   */
  private final ClassValue<AtomicReference<Object>> collectors =
      new ClassValue<>() {
        @Override
        protected AtomicReference<Object> computeValue(Class<?> type) {
          return new AtomicReference<>();
        }
      };

  CollectorHandler(Telemetry telemetry) {
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
    AtomicReference<Object> collector = collectors.get(result.getClass());
    if (collector.get() == null) {
      Object proxy = new CollectorCalls(result, telemetry, badValues).as("MetricsCollector");
      collector.compareAndSet(null, proxy);
    }
    return collector.get();
  }
}
