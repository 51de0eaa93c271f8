package io.metricsagent.instrumentations.user.model;

/**
 * The class or interface that a rule is for. Where it was written makes no difference: a rule that
 * moves within its file stays the same.
 *
 * @param origin where it was written
 * @param name the full name, with {@code $} before the name of a nested class
 * @param subtypes whether the methods of subtypes are measured, too
 */
public record TargetType(Origin origin, String name, boolean subtypes) {
  @Override
  public boolean equals(Object other) {
    return other instanceof TargetType type && name.equals(type.name) && subtypes == type.subtypes;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
