/**
 * The isolated class loader of the agent's own side, and the entries of the jar that it reads. The
 * start makes the loader, and the front door knows its classes by it.
 */
package io.metricsagent.bootstrap.loading;
