package io.metricsagent.instrumentations.llm;

/** Watches a library's callback for streamed answers. Stateless. */
public interface StreamCallback {
  /**
   * Returns a callback of the same type that passes all calls on to {@code callback} and reports to
   * {@code stream} what arrives.
   *
   * @return {@code callback} itself if it cannot be wrapped
   */
  Object watch(Object callback, OpenStream stream);
}
