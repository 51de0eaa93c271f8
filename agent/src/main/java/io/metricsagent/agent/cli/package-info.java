/**
 * The command line: {@code java -jar metrics-agent.jar}. It runs in a process of its own, never in
 * the application.
 */
package io.metricsagent.agent.cli;
