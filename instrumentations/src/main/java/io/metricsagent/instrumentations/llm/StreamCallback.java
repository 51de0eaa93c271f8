package io.metricsagent.instrumentations.llm;

/** How a library's callback for streamed answers is watched. Stateless. */
public interface StreamCallback {
  /**
   * Returns a callback of the same type that passes everything on to {@code callback} and tells
   * {@code stream} what comes.
   *
   * @return {@code callback} itself if it cannot be watched
   */
  Object watch(Object callback, OpenStream stream);
}
