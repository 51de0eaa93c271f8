/**
 * Requests of a protocol and their answers, on the side of client and server, whether a library
 * returns an answer as a value, a future or a publisher.
 */
package io.metricsagent.instrumentations.protocol;
