/**
 * What an application may call to record figures that it knows best itself.
 *
 * <p>The jar of this package belongs on the class path of the application; the agent's own jar does
 * not contain it. Without the agent, every method does nothing. With the agent, calls are recorded
 * into the same series as what the agent measures by itself. Each class loader may have a copy of
 * its own. The package must keep its name: the agent does not know a relocated copy.
 */
package io.metricsagent.api;
