/**
 * How the agent touches objects of libraries that it is not compiled against: it reads their
 * getters, stands in front of their publishers, futures and callbacks, and names their classes and
 * errors. Nothing here knows what a request is; faults of the agent on the side of the application
 * end here.
 */
package io.metricsagent.instrumentations.access;
