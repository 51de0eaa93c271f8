/**
 * Tool calls, on the side that asks for them and on the side that serves them, and the tool phase
 * of the request that asked.
 */
package io.metricsagent.instrumentations.tools;
