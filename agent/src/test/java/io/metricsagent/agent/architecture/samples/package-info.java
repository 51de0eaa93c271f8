/** Classes that break each rule of the architecture, so that its test is known to find them. */
package io.metricsagent.agent.architecture.samples;
