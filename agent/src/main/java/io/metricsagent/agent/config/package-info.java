/**
 * The settings: a catalogue of all of them, where they come from, and the immutable result.
 *
 * <p>This runs before the application's {@code main}; see {@link
 * io.metricsagent.agent.config.AgentConfig} for what it must not touch.
 */
package io.metricsagent.agent.config;
