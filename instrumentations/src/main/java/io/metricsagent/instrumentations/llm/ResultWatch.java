package io.metricsagent.instrumentations.llm;

/** Watches an object that a library returns, to see the end of its request. Stateless. */
public interface ResultWatch {
  /**
   * Returns an object of the same type that passes all calls on to {@code result} and reports to
   * {@code stream} what arrives.
   *
   * @return {@code result} itself if the object cannot be wrapped
   */
  Object watch(Object result, OpenStream stream);

  /** Returns whether the object is watched without a wrapper around it. */
  default boolean isInPlace() {
    return false;
  }
}
