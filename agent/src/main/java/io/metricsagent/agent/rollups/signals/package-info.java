/**
 * Signals of sessions: what each says about its session, and the class, the swaps and the times of
 * a session that follow from its signals, in whatever order they arrive.
 */
package io.metricsagent.agent.rollups.signals;
