package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.ExemplarFilter;

/**
 * What handlers record into.
 *
 * @param registry the registry of the JVM
 * @param spans the traces that calls may be part of
 */
public record Recording(Registry registry, ActiveSpans spans) {
  /** Records where there are no traces. */
  public Recording(Registry registry) {
    this(registry, new ActiveSpans(ExemplarFilter.TRACE_BASED));
  }
}
