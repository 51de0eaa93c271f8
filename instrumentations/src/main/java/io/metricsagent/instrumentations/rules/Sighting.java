package io.metricsagent.instrumentations.rules;

/** How far the agent got with the methods that a rule names, from the least to the most. */
public enum Sighting {
  /** No class that the rule names was loaded. */
  NEVER,
  /** Classes were loaded, and their methods are abstract. */
  ABSTRACT,
  /** Classes were loaded, and their methods are native, which cannot be woven. */
  NATIVE,
  /** The classes could not be woven or lack the methods, and a warning has said so. */
  TOLD,
  /** Methods were woven. */
  WOVEN
}
