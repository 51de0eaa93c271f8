package io.metricsagent.agent.gauges;

/**
 * What the gauges of runs look like and how long they are kept. Immutable.
 *
 * @param types the types of runs, by their names
 * @param lifetimeNanos how long the gauges of a run are kept after its end
 * @param maxRuns of how many ended runs gauges are kept, and how many runs under way are followed
 */
public record RunGaugeSettings(RunTypes types, long lifetimeNanos, int maxRuns) {}
