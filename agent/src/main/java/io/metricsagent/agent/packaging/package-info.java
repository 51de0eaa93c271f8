/** Code that the build runs on the agent's jar, and that is not part of the jar. */
package io.metricsagent.agent.packaging;
