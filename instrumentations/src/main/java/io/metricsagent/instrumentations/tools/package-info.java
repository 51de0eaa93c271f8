/**
 * Tool calls, on the side that calls tools and on the side that serves them, and the tool phase of
 * the request that asked for the tools.
 */
package io.metricsagent.instrumentations.tools;
