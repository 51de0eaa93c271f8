/**
 * Requests of a protocol and their answers, on either side, whatever the library makes of an
 * answer: a value, a future or a publisher.
 */
package io.metricsagent.instrumentations.protocol;
