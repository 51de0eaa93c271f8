package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.registry.Registry;

/**
 * What handlers record into.
 *
 * @param registry the registry of the JVM
 */
public record Recording(Registry registry) {}
