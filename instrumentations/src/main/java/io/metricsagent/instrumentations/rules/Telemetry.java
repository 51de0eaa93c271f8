package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.ExemplarFilter;
import java.util.function.Function;

/**
 * The services that handlers record with.
 *
 * @param registry the registry of the JVM
 * @param spans finds the trace that a call is part of
 * @param json writes a snapshot as the document of the archive
 * @param events takes the events of calls; {@link EventStream#OFF} if nobody wants them
 * @param contexts reads what the application says that a call is made for
 */
public record Telemetry(
    Registry registry,
    ActiveSpans spans,
    Function<MetricsSnapshot, String> json,
    EventStream events,
    CallContexts contexts) {
  /** Makes services that read nothing of what the application says of its threads. */
  public Telemetry(
      Registry registry,
      ActiveSpans spans,
      Function<MetricsSnapshot, String> json,
      EventStream events) {
    this(registry, spans, json, events, CallContexts.OFF);
  }

  /** Makes services without events. */
  public Telemetry(Registry registry, ActiveSpans spans, Function<MetricsSnapshot, String> json) {
    this(registry, spans, json, EventStream.OFF);
  }

  /** Makes services without traces, whose snapshots have no particular form. */
  public Telemetry(Registry registry) {
    this(registry, new ActiveSpans(ExemplarFilter.TRACE_BASED), MetricsSnapshot::toString);
  }
}
