/**
 * Measures what the agent costs at the start of an application and under load, compared with no
 * agent.
 */
package io.metricsagent.startup;
