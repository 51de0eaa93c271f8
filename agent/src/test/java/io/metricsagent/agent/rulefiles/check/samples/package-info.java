/** An application whose classes are checked, but never loaded. */
package io.metricsagent.agent.rulefiles.check.samples;
