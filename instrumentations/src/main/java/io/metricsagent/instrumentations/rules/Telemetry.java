package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.ExemplarFilter;
import java.util.function.Function;

/**
 * The services that handlers record with.
 *
 * @param registry the registry of the JVM
 * @param spans finds the trace that a call is part of
 * @param json writes a snapshot as the document of the archive
 */
public record Telemetry(
    Registry registry, ActiveSpans spans, Function<MetricsSnapshot, String> json) {
  /** Makes services without traces, whose snapshots have no particular form. */
  public Telemetry(Registry registry) {
    this(registry, new ActiveSpans(ExemplarFilter.TRACE_BASED), MetricsSnapshot::toString);
  }
}
