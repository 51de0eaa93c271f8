/**
 * The class loaders of the launcher and of the agent's own side, the bundles of the jar from which
 * they read, and the entry class's call of the launcher. The front door recognises the agent's
 * classes by these loaders.
 */
package io.metricsagent.bootstrap.loading;
