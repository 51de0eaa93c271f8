/**
 * Attempts on the wire within a request to a model, on whatever threads a library makes them. They
 * determine the phases of a request, its retries and its throttles.
 */
package io.metricsagent.instrumentations.wire;
