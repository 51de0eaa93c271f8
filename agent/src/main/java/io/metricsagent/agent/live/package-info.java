/**
 * Rules that change while the application runs: looks at the rule files, and puts the rules in
 * force that they have now.
 */
package io.metricsagent.agent.live;
