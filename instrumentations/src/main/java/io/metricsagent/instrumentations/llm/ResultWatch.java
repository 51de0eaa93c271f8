package io.metricsagent.instrumentations.llm;

/** How an object that a library hands out is watched for the end of its request. Stateless. */
public interface ResultWatch {
  /**
   * Returns an object of the same type that passes everything on to {@code result} and tells {@code
   * stream} what comes.
   *
   * @return {@code result} itself if it cannot be watched
   */
  Object watch(Object result, OpenStream stream);

  /** Returns whether the object is watched without another one in its place. */
  default boolean isInPlace() {
    return false;
  }
}
