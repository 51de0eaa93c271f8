/** What the build does to the agent's jar; not part of it. */
package io.metricsagent.agent.packaging;
