/**
 * The front door: what the JVM calls for each class that it loads. It decides by names alone
 * whether a class is a target, and hands targets to the agent's own side.
 *
 * <p>In the bootstrap module since it is all of the agent that most classes, and applications
 * without a target, ever meet; it uses {@code java.base} and {@code java.instrument}.
 */
package io.metricsagent.bootstrap.targets;
