/**
 * The catalogue: each number that the agent tells is declared here once, with its name at each
 * receiver. Declarations only, no values: those are in {@code snapshot}, and the formats that
 * iterate over both are the exporters.
 *
 * <p>Nothing here is loaded before the first snapshot.
 */
package io.metricsagent.bootstrap.measures;
