/**
 * A small HTTP server for the command line: it answers questions about session metrics from the
 * files of rollups. It listens on the loopback interface only.
 */
package io.metricsagent.agent.serve;
