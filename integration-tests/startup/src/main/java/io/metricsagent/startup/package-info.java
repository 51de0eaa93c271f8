/** What the agent costs at the start of an application and under load, beside no agent. */
package io.metricsagent.startup;
