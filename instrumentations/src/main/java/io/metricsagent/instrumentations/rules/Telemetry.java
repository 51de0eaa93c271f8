package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.ExemplarFilter;

/**
 * The services that handlers record with.
 *
 * @param registry the registry of the JVM
 * @param spans the traces that calls may be part of
 */
public record Telemetry(Registry registry, ActiveSpans spans) {
  /** Records where there are no traces. */
  public Telemetry(Registry registry) {
    this(registry, new ActiveSpans(ExemplarFilter.TRACE_BASED));
  }
}
