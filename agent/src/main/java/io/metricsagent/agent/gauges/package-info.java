/** Per-run gauges: one raw value for each run, kept for a while and never added up. */
package io.metricsagent.agent.gauges;
