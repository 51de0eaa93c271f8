/**
 * The expressions of rule files: where a rule finds a value. {@link
 * io.metricsagent.instrumentations.user.values.Expression} is what was written, without a class to
 * read it from.
 */
package io.metricsagent.instrumentations.user.values;
