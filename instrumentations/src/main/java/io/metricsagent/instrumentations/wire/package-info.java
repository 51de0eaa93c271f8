/**
 * Attempts on the wire within a request to a model, on whatever threads a library makes them. They
 * tell the phases of a request and count its retries and throttles.
 */
package io.metricsagent.instrumentations.wire;
