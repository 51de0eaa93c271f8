/**
 * The file of runs, one event a line. {@code RunFile} writes it in the application's process; the
 * other classes read it and compute the report of weekly active successful runs, for the command
 * line.
 */
package io.metricsagent.agent.runs;
