/**
 * Collects runs of Weights & Biases, from an export or from its API, and turns them into gauges.
 * Only the command line uses this package; the agent in an application does not load it.
 */
package io.metricsagent.agent.wandb;
