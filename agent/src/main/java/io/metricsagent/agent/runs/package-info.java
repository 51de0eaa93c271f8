/**
 * Reads files of runs, one event a line, and computes the report of weekly active successful runs.
 * Only the command line uses this package; the agent in an application does not load it.
 */
package io.metricsagent.agent.runs;
