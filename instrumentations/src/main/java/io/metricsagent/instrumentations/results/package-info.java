/**
 * How calls of the user's own methods go on after the method has returned: what a method returns,
 * or takes as a callback, tells when its call ends. One class for each family of types.
 */
package io.metricsagent.instrumentations.results;
