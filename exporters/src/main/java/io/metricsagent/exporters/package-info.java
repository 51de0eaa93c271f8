/**
 * Where snapshots go: {@code otlp}, {@code statsd} and {@code archive}, each a {@link
 * io.metricsagent.bootstrap.sink.MetricsSink}. Nothing here has global state; what is costly to
 * load is loaded by the first export.
 *
 * <p>Messages that name a setting spell its key, because this module cannot see the agent's
 * catalogue of settings. The agent's {@code SettingKeysTest} finds each key that is spelled here in
 * the catalogue, so none can go out of date.
 */
package io.metricsagent.exporters;
