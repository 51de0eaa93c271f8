/**
 * The exporters of snapshots, one package a receiver; each is a {@link
 * io.metricsagent.bootstrap.sink.MetricsSink}. Nothing here has global state. Classes that are slow
 * to load are loaded by the first export.
 *
 * <p>Messages that name a setting spell its key, because this module cannot see the agent's
 * catalogue of settings. The agent's {@code SettingKeysTest} finds each key that is spelled here in
 * the catalogue, so no key can go out of date.
 */
package io.metricsagent.exporters;
