/**
 * The front door: what the JVM calls for each class that it loads. It decides by names alone
 * whether a class is a target, and hands targets to the agent's own side.
 *
 * <p>It is in the bootstrap module because it is the only part of the agent that runs for most
 * classes, and in applications without a target. It uses only {@code java.base} and {@code
 * java.instrument}.
 */
package io.metricsagent.bootstrap.targets;
