/**
 * The settings: a catalogue of all settings, the sources they are read from, and the immutable
 * result.
 *
 * <p>This may run before the application's {@code main}; {@link
 * io.metricsagent.agent.config.AgentConfig} says what it must not touch.
 */
package io.metricsagent.agent.config;
