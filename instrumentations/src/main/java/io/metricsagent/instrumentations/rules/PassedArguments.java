package io.metricsagent.instrumentations.rules;

/** What a handler gets of the arguments of a woven method. */
public enum PassedArguments {
  /** The first three, {@code null} for those that are primitive. */
  OBJECTS,

  /** The first three, the primitive ones boxed. */
  WITH_PRIMITIVES,

  /**
   * While content is on, an array of all arguments as the first one, the primitive ones boxed, and
   * their names as the second one; else as {@link #OBJECTS}.
   */
  ALL
}
