/**
 * The interface with which an application records figures that the agent cannot see.
 *
 * <p>The jar of this package belongs on the class path of the application; the agent's own jar does
 * not contain it. Without the agent, every method does nothing. With the agent, calls are recorded
 * in the same series as the calls that the agent measures by itself. Each class loader may have its
 * own copy of the package. The package must keep its name: the agent does not know a relocated
 * copy.
 */
package io.metricsagent.api;
