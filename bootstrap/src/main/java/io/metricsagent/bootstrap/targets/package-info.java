/**
 * The front door, which the JVM calls for each class that it loads. It decides by names alone
 * whether a class is a target, and passes targets to the agent's own side.
 *
 * <p>The front door is in the bootstrap module because no other part of the agent runs for most
 * classes, or in applications without a target. It uses only {@code java.base} and {@code
 * java.instrument}.
 */
package io.metricsagent.bootstrap.targets;
