/**
 * Requests to models, from the woven method to one recorded request: calls, futures, streams and
 * layers, how tokens are read, and requests that nobody ends.
 */
package io.metricsagent.instrumentations.llm;
