/**
 * What all layers share, and what is there before the agent's own side is opened. It depends on
 * {@code java.base} and {@code java.instrument} alone, and a loader of its own loads it. Only what
 * woven code calls is visible to all classes of the JVM.
 */
package io.metricsagent.bootstrap;
