/**
 * Access to objects of libraries that the agent is not compiled against: reading getters, wrapping
 * publishers, futures and callbacks, and naming classes and errors. Nothing here knows what a
 * request is. Faults of the agent in the application's calls are absorbed here.
 */
package io.metricsagent.instrumentations.access;
