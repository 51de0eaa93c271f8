/**
 * Requests to models, from the woven method to one recorded request: calls, futures, streams and
 * layers, the reading of tokens, and requests that the application abandons.
 */
package io.metricsagent.instrumentations.llm;
