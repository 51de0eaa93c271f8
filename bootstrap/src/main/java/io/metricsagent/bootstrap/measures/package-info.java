/**
 * The catalogue: each number that the agent reports is declared here once, with its name at each
 * receiver. The values are in {@code snapshot}; the exporters iterate over both.
 *
 * <p>Nothing here is loaded before the first snapshot.
 */
package io.metricsagent.bootstrap.measures;
