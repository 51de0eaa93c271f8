/** Brokers that tests and benchmarks start and stop. They need no container. */
package io.metricsagent.brokers;
