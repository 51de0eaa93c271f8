/**
 * The exporters of snapshots, one package a receiver; each is a {@link
 * io.metricsagent.bootstrap.sink.MetricsSink}. Nothing here has global state. Classes that are slow
 * to load are loaded by the first export.
 */
package io.metricsagent.exporters;
