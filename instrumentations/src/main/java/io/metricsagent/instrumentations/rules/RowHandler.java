package io.metricsagent.instrumentations.rules;

/**
 * What {@link Row#handler} makes: always a {@link SiteHandler}.
 *
 * <p>The method has an interface for its result, because the JVM verifies it as a whole when the
 * first row is woven: for a result that is a class, the verifier would load the class of the
 * handler of each row, whether woven or not. For an interface, it loads none.
 */
public sealed interface RowHandler permits SiteHandler {}
