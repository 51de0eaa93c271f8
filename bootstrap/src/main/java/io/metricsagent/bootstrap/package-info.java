/**
 * Everything that must be visible to all classes of the JVM: what woven code calls and what all
 * layers share. It depends on {@code java.base} alone and is loaded by the bootstrap class loader.
 */
package io.metricsagent.bootstrap;
