/**
 * Where snapshots go: {@code otlp}, {@code statsd} and {@code archive}, each a {@link
 * io.metricsagent.bootstrap.sink.MetricsSink}. Nothing here has global state; what is costly to
 * load is loaded by the first export.
 */
package io.metricsagent.exporters;
