/** Runs applications in JVMs of their own and reads what the agent left on disk. */
package io.metricsagent.it.harness;
