package io.metricsagent.agent.rulefiles.check;

/**
 * How far a path can be followed through declared types. Immutable.
 *
 * @param type the type of the value; {@code null} if the path cannot be followed to its end
 * @param error what is wrong and what to write instead, or {@code null}
 * @param unsure why only a call will tell whether the path is right, or {@code null}
 */
record Walk(JavaType type, String error, String unsure) {
  static Walk to(JavaType type) {
    return new Walk(type instanceof JavaType.Variable ? JavaType.UNKNOWN : type, null, null);
  }

  static Walk wrong(String error) {
    return new Walk(null, error, null);
  }

  static Walk unsure(String reason) {
    return new Walk(null, null, reason);
  }
}
