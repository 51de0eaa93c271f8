package io.metricsagent.instrumentations.rules;

/** What was seen of the methods that a rule asks for, from nothing to all. */
public enum Sighting {
  /** No class that the rule asks for was loaded. */
  NEVER,
  /** Classes were, and have the methods without code. */
  ABSTRACT,
  /** They have them with native code, which nobody can weave. */
  NATIVE,
  /** They could not be woven, or lack the methods, which was told. */
  TOLD,
  /** They were woven. */
  WOVEN
}
