/**
 * The class loaders of the launcher and of the agent's own side, the entries of the jar that they
 * read, and how the entry class calls the launcher. The front door knows the agent's classes by
 * these loaders.
 */
package io.metricsagent.bootstrap.loading;
