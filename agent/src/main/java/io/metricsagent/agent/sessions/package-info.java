/**
 * Sessions on disk: their model, reading and writing their files, the analysis of many sessions,
 * tasks made of them, and logs turned into them. The command line uses this package, and the
 * recorder writes with it; an agent that records no sessions does not load it.
 */
package io.metricsagent.agent.sessions;
