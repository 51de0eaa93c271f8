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
  ALL,

  /** While content is on, as {@link #ALL}; else as {@link #WITH_PRIMITIVES}. */
  ALL_OR_PRIMITIVES,

  /**
   * An array of all arguments as the first one, the primitive ones boxed; while content is on,
   * their names as the second one. The array takes memory at each call.
   */
  ARRAY;

  /** Returns whether the names of the arguments are passed while content is on. */
  public boolean haveNames() {
    return this == ALL || this == ALL_OR_PRIMITIVES || this == ARRAY;
  }

  /** Returns whether arguments that are passed one by one are boxed if they are primitive. */
  public boolean areBoxed() {
    return this == WITH_PRIMITIVES || this == ALL_OR_PRIMITIVES;
  }
}
