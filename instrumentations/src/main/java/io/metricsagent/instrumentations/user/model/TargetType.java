package io.metricsagent.instrumentations.user.model;

/**
 * The class or interface that a rule is for.
 *
 * @param origin where it was written
 * @param name the full name, with {@code $} before the name of a nested class
 * @param subtypes whether the methods of subtypes are measured, too
 */
public record TargetType(Origin origin, String name, boolean subtypes) {}
