/** Runs applications in JVMs of their own and reads the files that the agent wrote. */
package io.metricsagent.it.harness;
