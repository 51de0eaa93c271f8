/**
 * Runs: the outermost calls of AI services, agents and graphs. Each library names its methods that
 * may begin a run; the handlers are the same for all libraries.
 */
package io.metricsagent.instrumentations.runs;
